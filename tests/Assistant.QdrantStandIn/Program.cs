using Assistant.QdrantStandIn;

// dotnet run --project tests/Assistant.QdrantStandIn [-- PORT]: a server for programs to be tried with; it forgets everything when it ends.
await using var standIn = await StandInServer.StartAsync(args is [var port] ? int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) : 6333);
Console.WriteLine(standIn.Url);
using var ended = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    ended.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM,
    signal =>
    {
        signal.Cancel = true;
        ended.Cancel();
    });
await Task.Delay(Timeout.Infinite, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
