using System.Globalization;

namespace Assistant.Shell;

/// <summary>Numbers in sentences.</summary>
public static class Counted
{
    /// <summary><c>1 document</c>, <c>1,400 documents</c>.</summary>
    public static string Of(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A duration as people say it: <c>0.2 s</c>.</summary>
    public static string Seconds(double milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s");
}
