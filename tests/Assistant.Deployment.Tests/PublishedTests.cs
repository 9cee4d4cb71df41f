using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Assistant.QdrantStandIn;

namespace Assistant.Deployment.Tests;

/// <summary>
/// What the images hold, started as compose starts it: published, with the environment, arguments and user of the containers and
/// programs that cannot be written to. Only Qdrant is the stand-in of the tests, and the ports are free ones.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed partial class PublishedTests : IDisposable
{
    private const string Key = "a-key-of-this-test";
    private const int SigTerm = 15;
    private const int ContainerUser = 1654;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assistant-deployment-");
    private readonly List<Process> running = [];
    private Uri? index;

    public void Dispose()
    {
        foreach (var process in running)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            process.Dispose();
        }

        if (OperatingSystem.IsLinux())
        {
            foreach (var directory in folder.EnumerateDirectories("*", SearchOption.AllDirectories).Prepend(folder))
            {
                directory.UnixFileMode |= UnixFileMode.UserWrite;
            }
        }

        folder.Delete(recursive: true);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_and_chat_host_work_together_as_in_their_containers()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Containers run Linux.");
        await Task.WhenAll(PublishAsync("worker"), PublishAsync("chat-host"));
        var work = Directory.CreateDirectory(Path.Combine(folder.FullName, "work"));
        var writable = Directory.CreateDirectory(Path.Combine(folder.FullName, "tmp"));
        Directory.CreateDirectory(Path.Combine(work.FullName, "corpus"));
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("corpus")))
        {
            File.Copy(file, Path.Combine(work.FullName, "corpus", Path.GetFileName(file)));
        }

        Protect();
        await using var qdrant = await StandInServer.StartAsync(0);
        (qdrant.ApiKey, index) = (Key, qdrant.Url);
        writable.UnixFileMode |= UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        var port = FreePort();

        var worker = Start("worker", port, [.. Of("worker").EntryPoint, .. Compose.Services["worker"].Command]);
        var host = Start("chat", port, Of("chat-host").EntryPoint);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await WaitUntilReadyAsync(client, host);

        // Nothing but the programs themselves tells how they are: a container has no shell.
        Assert.Equal(0, await EndAsync(Start("chat", port, Compose.Services["chat"].HealthCheck.Skip(1))));
        Assert.Equal(0, await EndAsync(Start("chat", port, Of("chat-host").HealthCheck)));
        Assert.Equal(0, await EndAsync(Start("worker", port, Compose.Services["worker"].HealthCheck.Skip(1))));

        using var response = await client.PostAsJsonAsync("/api/chat", new { question = "Which states urged prudence, and why?" }, Cancel);
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        Assert.Equal("answered", (string?)answer["outcome"]);
        var citation = answer["citations"]![0]!;
        var document = await client.GetFromJsonAsync<JsonObject>($"/api/documents/{citation["documentId"]}?version={citation["version"]}", Cancel);
        Assert.Equal((string?)citation["quote"], ((string)document!["text"]!)[(int)citation["start"]!..(int)citation["end"]!]);

        // Published on the loopback address, the host is reached by any page that points its own name there.
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/documents") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(foreign, Cancel)).StatusCode);

        // The index goes and comes; nobody starts anything again.
        qdrant.IsDown = true;
        using (var refused = await client.PostAsJsonAsync("/api/chat", new { question = "Which states urged prudence?" }, Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Equal(1, await EndAsync(Start("chat", port, Compose.Services["chat"].HealthCheck.Skip(1))));
        Assert.Equal(0, await EndAsync(Start("chat", port, Of("chat-host").HealthCheck)));
        qdrant.IsDown = false;
        await WaitUntilReadyAsync(client, host);

        foreach (var process in (Process[])[host, worker])
        {
            Assert.Equal(0, Kill(process.Id, SigTerm));
            Assert.Equal(0, await EndAsync(process));
        }

        Assert.Equal(1, await EndAsync(Start("chat", port, Compose.Services["chat"].HealthCheck.Skip(1))));
    }

    private static Image Of(string name) => Image.All.Single(image => image.Name == name);

    private string Published(string image) => Path.Combine(folder.FullName, image);

    /// <summary>Publishes what is built; the image does the same after building it.</summary>
    private async Task PublishAsync(string image)
    {
        var program = Path.GetFileNameWithoutExtension(Of(image).EntryPoint[1]);
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                "publish", Repository.PathOf($"src/{program}"), "--no-build", "--configuration", Repository.Configuration, "--output", Published(image), "--nologo",
                "--verbosity", "quiet",
            ])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await publish.StandardOutput.ReadToEndAsync(Cancel);
        await publish.WaitForExitAsync(Cancel);
        Assert.True(publish.ExitCode == 0, output);

        // The image brings this framework, and no other.
        var framework = Of(image).Base.Contains("/aspnet:", StringComparison.Ordinal) ? "Microsoft.AspNetCore.App" : "Microsoft.NETCore.App";
        var options = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Published(image), $"{program}.runtimeconfig.json"), Cancel))!["runtimeOptions"]!;
        var frameworks = options["frameworks"]?.AsArray().Select(wanted => (string)wanted!["name"]!) ?? [(string)options["framework"]!["name"]!];
        Assert.Equal(framework, frameworks.Order(StringComparer.Ordinal).First());
        Assert.True(framework == "Microsoft.AspNetCore.App" || !frameworks.Contains("Microsoft.AspNetCore.App"));
    }

    /// <summary>Takes the right to write to what was published and to the corpus.</summary>
    private void Protect()
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(folder))
        {
            entry.UnixFileMode = (entry.UnixFileMode | UnixFileMode.GroupRead | UnixFileMode.OtherRead
                | (entry is DirectoryInfo ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : 0))
                & ~(UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        }
    }

    /// <summary>Starts a program of a container's, as the user it has there where that can be done.</summary>
    private Process Start(string service, int port, IEnumerable<string> command)
    {
        var image = Of(Compose.Services[service].Target!);
        string[] program = [.. command.Select(argument => argument.Replace("/app/", Published(image.Name) + "/", StringComparison.Ordinal))];
        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"))
        {
            var user = Compose.Services[service].User!.Split(':')[0];
            Assert.Equal(ContainerUser.ToString(System.Globalization.CultureInfo.InvariantCulture), user);
            program = ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", "--no-new-privs", .. program];
        }

        var start = new ProcessStartInfo(program[0], program[1..])
        {
            WorkingDirectory = Path.Combine(folder.FullName, "work"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var temporary = Path.Combine(folder.FullName, "tmp");
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["TMPDIR"] = temporary;
        foreach (var (key, value) in image.Environment.Concat(Compose.Services[service].Environment))
        {
            start.Environment[key] = Compose.Resolve(value, new Dictionary<string, string> { ["QDRANT_API_KEY"] = Key })
                .Replace("/tmp", temporary, StringComparison.Ordinal);
        }

        start.Environment["ASPNETCORE_HTTP_PORTS"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["Assistant__Storage__Qdrant__Url"] = index!.ToString();
        var process = Process.Start(start)!;
        running.Add(process);
        return process;
    }

    private static async Task<int> EndAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        TestContext.Current.SendDiagnosticMessage("{0}{1}", output, await error);
        return process.ExitCode;
    }

    private static async Task WaitUntilReadyAsync(HttpClient client, Process host)
    {
        while (true)
        {
            if (host.HasExited)
            {
                Assert.Fail(await host.StandardError.ReadToEndAsync(Cancel));
            }

            try
            {
                using var response = await client.GetAsync("/health/ready", Cancel);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50, Cancel);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
