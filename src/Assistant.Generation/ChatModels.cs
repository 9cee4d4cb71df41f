using Assistant.Core.Generation;
using Microsoft.Extensions.Logging;

namespace Assistant.Generation;

/// <summary>Makes language models of settings.</summary>
public static class ChatModels
{
    /// <summary>
    /// A model that writes answers through Semantic Kernel. Nothing is asked of the endpoint before the first question; what this
    /// needs lives as long as the process.
    /// </summary>
    /// <param name="settings">Endpoint and model.</param>
    /// <param name="loggers">Loggers; what is logged holds neither prompts, answers nor keys.</param>
    public static LanguageModel Create(ChatModelSettings settings, ILoggerFactory loggers)
    {
        var client = new ChatClient(settings, loggers.CreateLogger<ChatClient>());
        return new LanguageModel(settings.Model, new AnswerGenerator(client, settings), new QuestionRewriter(client, settings))
        {
            Limits = new GenerationLimits { Silence = settings.FirstToken, Total = settings.Total, Rewriting = settings.Rewrite },
        };
    }
}
