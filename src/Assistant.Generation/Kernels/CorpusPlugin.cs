using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Assistant.Core.Retrieval;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Assistant.Generation.Kernels;

/// <summary>The documents as a plugin of Semantic Kernel, for a kernel that is not this product's own.</summary>
public static class CorpusPlugin
{
    /// <summary>Name of the plugin unless told otherwise.</summary>
    public const string DefaultName = "corpus";

    /// <summary>
    /// Adds functions that ask (<c>ask</c>: an <see cref="Answer"/>), search (<c>search</c>: <see cref="CorpusPassage"/>s) and list
    /// (<c>documents</c>) the documents. Nothing calls them unless the kernel is asked to: calls by a model are chosen with its
    /// <see cref="FunctionChoiceBehavior"/>.
    /// </summary>
    /// <param name="plugins">Plugins of a kernel.</param>
    /// <param name="services">Services to which <c>AddAssistant()</c> was added; the kernel's own or others.</param>
    /// <param name="name">Name of the plugin.</param>
    /// <returns>The plugin.</returns>
    public static KernelPlugin AddCorpus(
        this ICollection<KernelPlugin> plugins, IServiceProvider services, string name = DefaultName)
    {
        var plugin = Create(services, name);
        plugins.Add(plugin);
        return plugin;
    }

    /// <summary>Adds the same to a kernel that is being built on services to which <c>AddAssistant()</c> was added.</summary>
    /// <param name="plugins">Plugins of a kernel that is being built.</param>
    /// <param name="name">Name of the plugin.</param>
    /// <returns>The same plugins.</returns>
    public static IKernelBuilderPlugins AddCorpus(this IKernelBuilderPlugins plugins, string name = DefaultName)
    {
        plugins.Services.AddSingleton(services => Create(services, name));
        return plugins;
    }

    private static KernelPlugin Create(IServiceProvider services, string name) => KernelPluginFactory.CreateFromObject(
        new CorpusFunctions(
            services.GetRequiredService<QuestionService>(),
            new CorpusSearch(services.GetRequiredService<Retriever>(), services.GetRequiredService<CitationVerifier>()),
            services.GetRequiredService<IDocumentStore>()),
        name);
}
