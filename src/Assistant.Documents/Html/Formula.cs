using AngleSharp.Dom;

namespace Assistant.Documents.Html;

/// <summary>Reads formulas that pages show as pictures: without them the sentences around them would say something else.</summary>
internal static class Formula
{
    private static readonly string[] Wrappers = [@"{\displaystyle ", @"{\textstyle "];

    /// <summary>The formula in TeX; an empty string for what is no picture of one.</summary>
    public static string Of(IElement element)
    {
        if (element.LocalName != "img" || element.ClassName is not { } names
            || !(names.Contains("math", StringComparison.OrdinalIgnoreCase) || names.Contains("tex", StringComparison.OrdinalIgnoreCase)))
        {
            return "";
        }

        var tex = element.GetAttribute("alt")?.Trim() ?? "";
        foreach (var wrapper in Wrappers)
        {
            if (tex.StartsWith(wrapper, StringComparison.Ordinal) && tex.EndsWith('}'))
            {
                tex = tex[wrapper.Length..^1].Trim();
            }
        }

        return tex;
    }
}
