using Microsoft.SemanticKernel;

namespace Assistant.Generation;

/// <summary>The prompts, one of Semantic Kernel's prompt directories for each: <c>skprompt.txt</c> and <c>config.json</c>.</summary>
internal static class PromptLibrary
{
    /// <summary>Version of the prompts: another text gets a directory of its own beside it.</summary>
    public const string Version = "v1";

    /// <summary>
    /// The prompt of a name. What is put into it is encoded and put in once: neither a template's braces nor a message's tags in a
    /// document mean anything.
    /// </summary>
    public static KernelFunction Load(string name)
    {
        var config = PromptTemplateConfig.FromJson(Read($"{Version}/{name}/config.json"));
        config.Name = name;
        config.Template = Read($"{Version}/{name}/skprompt.txt");
        return KernelFunctionFactory.CreateFromPrompt(config);
    }

    private static string Read(string path)
    {
        using var stream = typeof(PromptLibrary).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"The assembly holds no prompt {path}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
