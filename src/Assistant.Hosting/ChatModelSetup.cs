using System.Runtime.CompilerServices;
using Assistant.Core.Generation;
using Assistant.Generation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistant.Hosting;

/// <summary>Makes the language model that is configured.</summary>
internal static class ChatModelSetup
{
    /// <summary>The model; null when none is configured, and then nothing that talks to models is loaded.</summary>
    public static LanguageModel? Create(IServiceProvider provider, ChatOptions options) =>
        options.Provider == ChatProvider.None ? null : Load(provider, options);

    // A method of its own: to compile the one above would otherwise load the assemblies that this one names.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LanguageModel Load(IServiceProvider provider, ChatOptions options) => ChatModels.Create(
        new ChatModelSettings
        {
            Endpoint = ModelService.EndpointOf(options.Endpoint),
            ApiKey = ModelService.KeyOf(options.ApiKey, options.Endpoint),
            Model = options.Model ?? ChatOptions.OpenAIModel,
            ContextTokens = options.ContextTokens,
            MaxAnswerTokens = options.MaxAnswerTokens,
            FirstToken = TimeSpan.FromSeconds(options.FirstTokenSeconds),
            Total = TimeSpan.FromSeconds(options.TotalSeconds),
            Rewrite = TimeSpan.FromSeconds(options.RewriteSeconds),
        },
        provider.GetRequiredService<ILoggerFactory>());
}
