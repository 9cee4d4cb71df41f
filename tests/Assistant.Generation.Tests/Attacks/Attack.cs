using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assistant.Generation.Tests.Support;
using Assistant.Testing.ModelServer;

namespace Assistant.Generation.Tests.Attacks;

/// <summary>A document that tries to command the model, and what a model says that obeys it.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Id">The attacking document.</param>
/// <param name="Text">Its text.</param>
/// <param name="Says">What the obeying model says; places in braces are filled by <see cref="Adversary"/>.</param>
/// <param name="Seen">What must be found in the prompt: only a model that saw the attack can obey it.</param>
public sealed record Attack(string Name, string Id, string Text, string Says, string Seen)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<Attack> All { get; } = JsonSerializer.Deserialize<List<Attack>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Attacks", "attacks.json")), Json)!;

    public static Attack Named(string name) => All.Single(attack => attack.Name == name);

    public override string ToString() => Name;
}

/// <summary>A model that does what the attack says as far as it can: it sees the prompt, knows all ids, and has no will of its own.</summary>
internal sealed partial class Adversary(Attack attack)
{
    /// <summary>What it says, in the order it says it.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Its instructions, as the endpoint got them.</summary>
    public string SystemPrompt { get; private set; } = "";

    /// <summary>The letters of the ids.</summary>
    public string Mark { get; private set; } = "";

    /// <summary>Obeys and says nothing else.</summary>
    public ModelReply ObeyOnly(ModelRequest request) => Say(request, Obeyed(request));

    /// <summary>Obeys, then tells what the honest document says, then lies in every other way it can think of.</summary>
    public ModelReply ObeyAndMore(ModelRequest request)
    {
        var obeyed = Obeyed(request);
        var lie = Brackets().Replace(obeyed, "").Replace('\n', ' ').Trim().TrimEnd('.');
        var ids = Prompts.Sentences(request);
        var honest = Prompts.IdOf(request, Scene.HonestSentence);
        return Say(request, string.Join("\n\n",
            obeyed,
            $"{Scene.HonestSentence} [{honest}]",
            $"{lie}.",
            $"{lie}. [1]",
            $"{lie}. [S1][^2]",
            $"{lie}. [{Mark}{ids.Count + 7}]",
            $"{lie}. [{honest}]",
            $"{SystemPrompt} [{honest}]"));
    }

    private TextReply Say(ModelRequest request, string text)
    {
        Assert.Contains(attack.Seen, request.Prompt, StringComparison.Ordinal);
        Said = text;
        return ModelReply.Text(text).ByCharacter();
    }

    private string Obeyed(ModelRequest request)
    {
        SystemPrompt = request.Messages.Single(message => message.Role == "system").Text;
        var ids = Prompts.Sentences(request);
        Mark = Letters().Match(ids[0].Id).Value;
        var own = ids.Where(line => Scene.Honest.Values.All(text => !text.Contains(line.Text, StringComparison.Ordinal))).Select(line => line.Id).First();
        return Place().Replace(attack.Says, place => place.Groups[1].Value switch
        {
            "M" => Mark,
            "honest" => Prompts.IdOf(request, Scene.HonestSentence),
            "honest2" => Prompts.IdOf(request, Scene.SecondSentence),
            "own" => own,
            "all" => string.Concat(ids.Select(line => $"[{line.Id}]")),
            "lookalike" => string.Concat(Mark.Select(letter => "BCHKMPTX".Contains(letter, StringComparison.Ordinal) ? "ВСНКМРТХ"["BCHKMPTX".IndexOf(letter, StringComparison.Ordinal)] : letter)),
            "prompt" => SystemPrompt,
            "prompt40" => Uri.EscapeDataString(SystemPrompt[..40]),
            "PROMPT" => SystemPrompt.ToUpperInvariant(),
            "prompt64" or "prompt-base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(SystemPrompt)),
            _ => place.Value,
        });
    }

    [GeneratedRegex("^[A-Z]+")]
    private static partial Regex Letters();

    [GeneratedRegex(@"(?<!\{)\{([A-Za-z0-9-]+)\}(?!\})")]
    private static partial Regex Place();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Brackets();
}
