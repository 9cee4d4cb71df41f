namespace Assistant.Core.Answering.Entailment;

/// <summary>What of a claim its sources do not say.</summary>
internal enum EntailmentGap
{
    /// <summary>Nothing: they say it.</summary>
    None,

    /// <summary>The claim says nothing that could be checked.</summary>
    Nothing,

    /// <summary>A word.</summary>
    Word,

    /// <summary>A name.</summary>
    Name,

    /// <summary>A number, an amount or a percentage, or what it counts.</summary>
    Number,

    /// <summary>A day, a month, a year or a time.</summary>
    Date,

    /// <summary>The claim denies what they affirm, or the other way round.</summary>
    Negation,

    /// <summary>The claim says more than they do: all for some, will for may.</summary>
    Strength,

    /// <summary>Who did something to whom is turned round.</summary>
    Order,

    /// <summary>What the claim puts in quotation marks stands there otherwise.</summary>
    Quotation,

    /// <summary>Markup, an address or a link.</summary>
    Markup,
}

/// <summary>Whether sources say what a claim says.</summary>
/// <param name="Gap">What they do not say.</param>
/// <param name="What">The word, number or clause at fault; null when there is none.</param>
internal readonly record struct EntailmentVerdict(EntailmentGap Gap, string? What = null)
{
    /// <summary>They say it.</summary>
    public static EntailmentVerdict Supported { get; } = new(EntailmentGap.None);

    /// <summary>Whether they say it.</summary>
    public bool IsSupported => Gap == EntailmentGap.None;
}

/// <summary>A sentence that a claim cites.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Place">Title and headings above it: they may name what the sentence speaks of, and prove nothing else.</param>
/// <param name="Language">Its language as an ISO 639-1 code; null when unknown.</param>
internal sealed record CitedText(string Text, string Place, string? Language);
