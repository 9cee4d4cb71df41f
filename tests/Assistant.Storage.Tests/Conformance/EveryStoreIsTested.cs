using System.Reflection;
using Assistant.Core.Retrieval;

namespace Assistant.Storage.Tests.Conformance;

public sealed class EveryStoreIsTested
{
    [Fact]
    public void Every_passage_index_of_the_product_has_a_conformance_suite_named_after_it()
    {
        var stores = Directory.EnumerateFiles(AppContext.BaseDirectory, "Assistant.*.dll")
            .Where(file => !Path.GetFileNameWithoutExtension(file).EndsWith(".Tests", StringComparison.Ordinal))
            .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IPassageIndex)))
            .Select(type => type.Name + "Conformance")
            .ToList();
        var suites = typeof(StoreConformance).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(StoreConformance)))
            .Select(type => type.Name);

        Assert.NotEmpty(stores);
        Assert.Equal(stores.Order(), suites.Order());
    }
}
