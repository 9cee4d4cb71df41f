namespace Assistant.Hosting;

/// <summary>
/// A setting that a program has beside those of <see cref="AssistantOptions"/>. Registered as a service, it is known to the check
/// that stops a start with a wrong or unknown setting.
/// </summary>
/// <param name="Key">Its key relative to section <c>Assistant</c>; a list ends with <c>:*</c>, for the number of the entry.</param>
/// <param name="Allowed">What its value may be, in words that end the sentence “allowed is …”.</param>
/// <param name="IsAllowed">Whether a value, as it was written, is allowed.</param>
public sealed record AssistantSetting(string Key, string Allowed, Func<string, bool> IsAllowed)
{
    private const string AnyEntry = ":*";

    /// <summary>Whether <paramref name="key"/> is this setting's key or, for a list, the key of one of its entries.</summary>
    internal bool Matches(string key)
    {
        if (!Key.EndsWith(AnyEntry, StringComparison.Ordinal))
        {
            return key.Equals(Key, StringComparison.OrdinalIgnoreCase);
        }

        var list = Key.AsSpan(0, Key.Length - AnyEntry.Length + 1);
        return key.AsSpan().StartsWith(list, StringComparison.OrdinalIgnoreCase)
            && key.AsSpan(list.Length) is { IsEmpty: false } entry && !entry.ContainsAnyExceptInRange('0', '9');
    }
}
