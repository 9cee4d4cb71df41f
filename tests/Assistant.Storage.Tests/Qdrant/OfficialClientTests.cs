using System.Diagnostics;
using System.Text.Json;
using Assistant.QdrantStandIn;

namespace Assistant.Storage.Tests.Qdrant;

/// <summary>Qdrant's own JavaScript client drives the stand-in: what it takes for Qdrant is like Qdrant.</summary>
public sealed class OfficialClientTests
{
    private const string Package = "@qdrant/js-client-rest@1.19.0";

    private const string Script =
        """
        import { QdrantClient } from '@qdrant/js-client-rest';
        const client = new QdrantClient({ url: process.argv[2], apiKey: 'secret', checkCompatibility: false });
        const id = n => `00000000-0000-0000-0000-00000000000${n}`;
        const said = {};
        const refused = async call => { try { await call(); return 'done'; } catch (error) { return error.status ?? String(error); } };
        await client.createCollection('points-1', {
          vectors: { dense: { size: 2, distance: 'Cosine', on_disk: true, quantization_config: { scalar: { type: 'int8' } } } },
          sparse_vectors: { terms: { modifier: 'idf' } }, shard_number: 1 });
        said.exists = (await client.collectionExists('points-1')).exists;
        await client.createPayloadIndex('points-1', { field_name: 'kind', field_schema: 'keyword', wait: true });
        await client.createPayloadIndex('points-1', { field_name: 'size', field_schema: 'integer', wait: true });
        await client.upsert('points-1', { wait: true, points: [
          { id: id(1), vector: { dense: [3, 4], terms: { indices: [7, 9], values: [1, 2] } }, payload: { kind: 'a', size: [1, 5] } },
          { id: id(2), vector: { dense: [1, 0], terms: { indices: [7], values: [1] } }, payload: { kind: 'b', size: 2 } },
          { id: id(3), vector: { dense: [0, 1] }, payload: { kind: 'b' } } ] });
        said.info = (await client.getCollection('points-1')).payload_schema.size.data_type;
        said.stored = (await client.retrieve('points-1', { ids: [id(1)], with_vector: true }))[0].vector.dense.map(Math.fround);
        const dense = await client.query('points-1', { query: [0.6, 0.8], using: 'dense', limit: 2, with_payload: true });
        said.dense = dense.points.map(p => [p.id, p.score, p.payload.kind]);
        said.terms = (await client.query('points-1', { query: { indices: [9], values: [1] }, using: 'terms' })).points.map(p => [p.id, p.score]);
        const batch = await client.queryBatch('points-1', { searches: [
          { query: { indices: [7], values: [1] }, using: 'terms', limit: 5, filter: { must: [{ key: 'kind', match: { any: ['b'] } }] } },
          { prefetch: { query: { indices: [7], values: [1] }, using: 'terms', limit: 5 }, query: [1, 0], using: 'dense', limit: 5 } ] });
        said.batch = batch.map(result => result.points.map(p => p.id));
        said.ranged = (await client.count('points-1', { filter: { must: [{ key: 'size', range: { gt: 4 } }] } })).count;
        const page = await client.scroll('points-1', { limit: 2, with_payload: ['kind'] });
        said.page = [page.points.map(p => Object.keys(p.payload).join()), page.next_page_offset];
        said.ordered = (await client.scroll('points-1', { limit: 1, order_by: { key: 'size', direction: 'desc' } })).points[0].id;
        await client.upsert('points-1', { wait: true, update_filter: { must: [{ key: 'kind', match: { value: 'nobody' } }] },
          points: [{ id: id(1), vector: {}, payload: { kind: 'changed' } }, { id: id(4), vector: {}, payload: { kind: 'new' } }] });
        said.conditional = (await client.retrieve('points-1', { ids: [id(1), id(4)] })).map(p => p.payload.kind);
        await client.batchUpdate('points-1', { wait: true, operations: [
          { set_payload: { payload: { size: 8 }, points: [id(2)] } }, { delete: { filter: { must: [{ has_id: [id(3)] }] } } }, { delete: { points: [id(4)] } } ] });
        said.left = (await client.scroll('points-1', {})).points.map(p => [p.id, p.payload.size]);
        await client.updateCollectionAliases({ actions: [{ create_alias: { alias_name: 'points', collection_name: 'points-1' } }] });
        await client.createCollection('points-2', { vectors: {} });
        await client.updateCollectionAliases({ actions: [ { delete_alias: { alias_name: 'points' } },
          { create_alias: { alias_name: 'points', collection_name: 'points-2' } } ] });
        said.alias = (await client.getAliases()).aliases.map(a => [a.alias_name, a.collection_name]);
        said.behindAlias = (await client.count('points')).count;
        said.again = await refused(() => client.createCollection('points-1', { vectors: {} }));
        said.missing = await refused(() => client.getCollection('nowhere'));
        said.unknown = await refused(() => client.scroll('points-1', { filter: { must: [{ colour: 'red' }] } }));
        said.size = await refused(() => client.query('points-1', { query: [1, 2, 3], using: 'dense' }));
        await client.deleteCollection('points-1');
        said.collections = (await client.getCollections()).collections.map(c => c.name);
        console.log(JSON.stringify(said));
        """;

    [Fact]
    public async Task The_official_client_takes_the_stand_in_for_Qdrant()
    {
        var folder = await InstallAsync();
        await using var server = await StandInServer.StartAsync();
        server.ApiKey = "secret";
        var script = Path.Combine(folder, "drive.mjs");
        await File.WriteAllTextAsync(script, Script, TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await RunAsync(folder, "node", script, server.Url.ToString().TrimEnd('/'));

        Assert.True(exitCode == 0, error);
        var said = JsonDocument.Parse(output).RootElement;
        Assert.True(said.GetProperty("exists").GetBoolean());
        Is("integer", "info");
        Is("[0.6000000238418579,0.800000011920929]", "stored");
        Assert.Equal(1, said.GetProperty("dense")[0][1].GetDouble(), 1e-6);
        Assert.Equal(2 * Math.Log(1 + ((2 - 1 + 0.5) / 1.5)), said.GetProperty("terms")[0][1].GetDouble(), 1e-6);
        Is($"[[\"{Id(2)}\"],[\"{Id(2)}\",\"{Id(1)}\"]]", "batch");
        Is("1", "ranged");
        Is($"[[\"kind\",\"kind\"],\"{Id(3)}\"]", "page");
        Is(Id(1), "ordered");
        Is("[\"a\",\"new\"]", "conditional");
        Is($"[[\"{Id(1)}\",[1,5]],[\"{Id(2)}\",8]]", "left");
        Is("[[\"points\",\"points-2\"]]", "alias");
        Is("0", "behindAlias");
        Is("409", "again");
        Is("404", "missing");
        Is("400", "unknown");
        Is("400", "size");
        Is("[\"points-2\"]", "collections");

        void Is(string expected, string name) => Assert.Equal(
            expected, said.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : said.GetProperty(name).GetRawText());

        static string Id(int number) => $"00000000-0000-0000-0000-00000000000{number}";
    }

    /// <summary>Folder in which the client can be used; skips the test, visibly, where node or npm or its registry is not there.</summary>
    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "node", "qdrant-client");
        var done = Path.Combine(folder, "installed");
        if (!File.Exists(done))
        {
            Directory.CreateDirectory(folder);
            var (exitCode, output, error) = await RunAsync(folder, "npm", "install", "--no-audit", "--no-fund", "--no-save", "--prefix", folder, Package);
            Assert.SkipUnless(exitCode == 0, $"npm could not install {Package}: {error}{output}");
            await File.WriteAllTextAsync(done, Package, TestContext.Current.CancellationToken);
        }

        return folder;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Skip($"needs {program}: {missing.Message}");
        }

        using (process)
        {
            var output = process!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
    }
}
