using System.Diagnostics;

namespace Assistant.ChatHost.Tests.Support;

/// <summary>Other programs that tests run.</summary>
internal static class Programs
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Skips the test, visibly, where a program is not installed.</summary>
    public static void Need(string program) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))),
        $"needs {program}, which is not installed");
}
