using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Assistant.Documents.Html;

/// <summary>Parses pages into trees of limited size and depth, so that all who walk them may recurse.</summary>
internal static class PageParser
{
    /// <summary>Deepest nesting of elements; browsers stop at 512, pages of people stay below 100.</summary>
    private const int MaximumDepth = 256;

    /// <summary>Most elements of a tree, at about a kilobyte each in all.</summary>
    private const int MaximumElements = 100_000;

    /// <summary>Longest page to make a tree of, in UTF-16 code units; long articles have a million.</summary>
    private const int MaximumLength = 4_000_000;

    /// <summary>The tree of a page; null when it is too large or too deep for one, and to be read with <see cref="FlatPage"/>.</summary>
    public static IHtmlDocument? TryParse(string html, CancellationToken cancellationToken)
    {
        if (html.Length > MaximumLength)
        {
            return null;
        }

        var elements = 0;
        IElement? previous = null;
        var parser = new HtmlParser(new HtmlParserOptions
        {
            MaximumDepth = MaximumDepth,
            SkipComments = true,
            SkipProcessingInstructions = true,
            DisableElementPositionTracking = true,
            OnCreated = (element, _) => Check(element),
        });
        try
        {
            return parser.ParseDocument(html);
        }
        catch (TreeTooLargeException)
        {
            return null;
        }

        // Stops early: the time that a parser of HTML takes grows with the square of the depth, and
        // formatting elements that are never closed are made anew in each paragraph.
        void Check(IElement element)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The element itself is not in the tree yet, the one before is.
            if (++elements > MaximumElements || Depth(previous) >= MaximumDepth - 1)
            {
                throw new TreeTooLargeException();
            }

            previous = element;
        }
    }

    private static int Depth(INode? node)
    {
        var depth = 0;
        for (; node is not null; node = node.Parent)
        {
            depth++;
        }

        return depth;
    }

    private sealed class TreeTooLargeException : Exception;
}
