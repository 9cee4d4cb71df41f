using Assistant.Core.Embeddings;

namespace Assistant.Core.Answering;

/// <summary>
/// Small networks that hold a question and a sentence against each other and tell whether the sentence answers. English words
/// are read where they stand (<see cref="ContextEncoder"/>), those of other languages as what they look like only; every word of the
/// one is held against what it most resembles in the other (decomposable attention: Parikh et al., 2016); what comes out is pooled
/// and weighed together with how alike both are as a whole and with <see cref="SentenceFeatures"/>. What is said is the mean of what
/// all of them say, each having learned without another part of the questions. How they were fitted, and on what:
/// <c>answer-network.md</c> beside their weights. Thread-safe.
/// </summary>
internal sealed class AnswerNetwork
{
    /// <summary>What an inverse document frequency is divided by, so that it is about 1 at most.</summary>
    public const float IdfScale = 8;

    /// <summary>What a compared word has beside its encoding: whether the other text has it, its idf, and both.</summary>
    public const int Marks = 3;

    /// <summary>Values of all features, how far the question is in the words of the documents, and how alike sentence and question are.</summary>
    public static readonly int Features = SentenceFeatures.Names.Count + 2;

    /// <summary>Sentences whose encodings are kept at hand at least: two kilobytes a word, and up to twice as many.</summary>
    private const int MostSentences = 256;

    private static readonly Lazy<AnswerNetwork> Instance = new(() => Load(EmbeddedFile.ReadAll("Weights.answer-network-")));

    private readonly NetworkMember[] members;
    private readonly RecentlyUsed<(string Text, string? Language), ReadText> sentences = new(MostSentences);

    private AnswerNetwork(params NetworkMember[] members) => this.members = members;

    /// <summary>The network that answers are made with: the one that ships with the product, read once when first asked for, unless another is put in its place.</summary>
    public static AnswerNetwork Shared
    {
        get => field ?? Instance.Value;
        set;
    }

    /// <summary>Networks with the weights of files in the format of <see cref="NetworkMember"/>, that are asked together.</summary>
    public static AnswerNetwork Load(IEnumerable<byte[]> files) => new([.. files.Select(file => new NetworkMember(file))]);

    /// <summary>Each of its networks by itself.</summary>
    public IReadOnlyList<AnswerNetwork> Each() => [.. members.Select(member => new AnswerNetwork(member))];

    /// <summary>A question, read once for all sentences.</summary>
    public ReadText Read(string question, string? language) => Read(NetworkWords.OfQuestion(question, language), (member, words, inContext) => member.OfQuestion(words, inContext));

    /// <summary>What they say of a sentence.</summary>
    /// <param name="question">The question, read by <see cref="Read(string, string?)"/>.</param>
    /// <param name="text">The sentence, read as one of the question's language.</param>
    /// <param name="features">Values of <see cref="SentenceFeatures.Names"/>, then how far the question is in the words of the documents.</param>
    public SentenceJudgement Judge(ReadText question, string text, ReadOnlySpan<float> features)
    {
        var sentence = sentences.GetOrAdd(
            (text, question.Words.Language),
            unread => Read(NetworkWords.OfSentence(unread.Text, unread.Language), (member, words, inContext) => member.OfSentence(words, inContext)));
        var likeness = sentence.Likeness(question);
        Span<float> told = [.. features, likeness];
        var common = new CommonWords(question.Words, sentence.Words, stackalloc int[sentence.Words.Count], stackalloc bool[sentence.Words.Count + question.Words.Count]);
        var sum = 0.0;
        for (var i = 0; i < members.Length; i++)
        {
            sum += members[i].Logit(question.Encodings[i], sentence.Encodings[i], common, told);
        }

        return new SentenceJudgement(sum / members.Length, likeness);
    }

    private ReadText Read(NetworkWords words, Func<NetworkMember, NetworkWords, TextInContext?, TextEncoding> encode)
    {
        var inContext = words.InContext();
        return new ReadText(words, inContext?.Sentence, [.. members.Select(member => encode(member, words, inContext))]);
    }
}

/// <summary>What is known of a text before it is held against another.</summary>
/// <param name="words">Its words.</param>
/// <param name="meaning">What it means as a whole, a vector of length 1; null when that is not known.</param>
/// <param name="encodings">What each network knows of it.</param>
internal sealed class ReadText(NetworkWords words, float[]? meaning, TextEncoding[] encodings)
{
    public NetworkWords Words => words;

    public IReadOnlyList<TextEncoding> Encodings => encodings;

    private float[]? Meaning => meaning;

    /// <summary>How alike two texts are in what they mean: a cosine; 0 where that is not known of both.</summary>
    public float Likeness(ReadText other) => Meaning is { } own && other.Meaning is { } its ? VectorMath.Dot(own, its) : 0;
}

/// <summary>What <see cref="AnswerNetwork"/> says of a sentence.</summary>
/// <param name="Logit">How much speaks for it that the sentence answers: the logarithm of its odds against the sentence not answering.</param>
/// <param name="Likeness">How alike question and sentence are in what they mean: a cosine.</param>
internal readonly record struct SentenceJudgement(double Logit, double Likeness);
