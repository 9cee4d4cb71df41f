using System.Text;

namespace Assistant.Embeddings.Tests.Onnx;

/// <summary>
/// A model folder that tests write themselves: each token has a vector, and the model gives the vector of each token it is given (one Gather).
/// The bytes are those of ONNX's protocol buffers, written by hand.
/// </summary>
internal sealed class TinyModel : IDisposable
{
    public const int Size = 4;

    private const int Float = 1;
    private const int Int64 = 7;

    public static readonly string[] Words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "apple", "pear", "tree", "##s", "Apple", "cafe", "café", "query", "passage", ":"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assistant-model-");

    public string Folder => folder.FullName;

    /// <summary>A folder with <c>model.onnx</c> and <c>vocab.txt</c>.</summary>
    public static TinyModel Create(string modelFile = "model.onnx", bool vocabulary = true, params string[] inputs)
    {
        var model = new TinyModel();
        model.Write(modelFile, Bytes(inputs.Length > 0 ? inputs : ["input_ids", "attention_mask", "token_type_ids"]));
        if (vocabulary)
        {
            model.Write("vocab.txt", string.Join('\n', Words) + "\n");
        }

        return model;
    }

    /// <summary>The vector of a token.</summary>
    public static float[] VectorOf(string token) => VectorOf(Array.IndexOf(Words, token));

    /// <summary>The mean of tokens' vectors, of length 1.</summary>
    public static float[] MeanOf(params string[] tokens) =>
        Normalised([.. Enumerable.Range(0, Size).Select(i => tokens.Average(token => VectorOf(token)[i]))]);

    public static float[] Normalised(float[] vector)
    {
        var norm = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / norm)];
    }

    public void Write(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text));

    public void Write(string file, byte[] content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The model with these inputs; all but the first are taken and not looked at.</summary>
    public static byte[] Bytes(string[] inputs, string output = "last_hidden_state")
    {
        var table = Message(
            Varint(1, Words.Length), Varint(1, Size), Varint(2, Float), Text(8, "table"),
            Field(9, [.. Enumerable.Range(0, Words.Length).SelectMany(VectorOf).SelectMany(BitConverter.GetBytes)]));
        var node = Message(Text(1, "table"), Text(1, inputs[0]), Text(2, output), Text(3, "look up"), Text(4, "Gather"));
        byte[][] graph =
        [
            Field(1, node), Text(2, "tiny"), Field(5, table),
            .. inputs.Select(input => Field(11, Value(input, Int64, "batch", "length"))),
            Field(12, Value(output, Float, "batch", "length", null)),
        ];
        return Message(Varint(1, 8), Field(7, Message(graph)), Field(8, Message(Text(1, ""), Varint(2, 13))));
    }

    private static float[] VectorOf(int id) => [.. Enumerable.Range(0, Size).Select(i => MathF.Sin((id + 1) * (i + 2)))];

    private static byte[] Value(string name, int type, params string?[] shape) => Message(
        Text(1, name),
        Field(2, Message(Field(1, Message(
            Varint(1, type),
            Field(2, Message([.. shape.Select(dimension => Field(1, dimension is null ? Varint(1, Size) : Text(2, dimension)))])))))));

    private static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    private static byte[] Text(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [.. Number((ulong)(number << 3 | 2)), .. Number((ulong)content.Length), .. content];

    private static byte[] Varint(int number, long value) => [.. Number((ulong)(number << 3)), .. Number((ulong)value)];

    private static IEnumerable<byte> Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
