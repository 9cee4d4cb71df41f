using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Assistant.Hosting.Tests;

/// <summary>All programs may share one appsettings.json.</summary>
public sealed class ProgramSettingsTests
{
    private static readonly AssistantSetting[] Own =
    [
        new("Http:ApiKeys:*", "a long key", value => value.Length > 8),
        new("Http:Limit", "a digit", value => value.Length == 1 && char.IsAsciiDigit(value[0])),
    ];

    [Theory]
    [InlineData("Assistant:Http:ApiKeys:0")]
    [InlineData("Assistant:Http:Anything")]
    public async Task A_program_leaves_the_settings_of_another_alone(string key)
    {
        using var host = Build(key, "x", []);
        await host.StartAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Assistant:Http:ApiKeys:0", "long enough")]
    [InlineData("assistant:http:apikeys:17", "long enough")]
    [InlineData("Assistant:Http:Limit", "7")]
    public async Task A_program_knows_its_own_settings(string key, string value)
    {
        using var host = Build(key, value, Own);
        await host.StartAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Assistant:Http:ApiKeys:0", "short", "allowed is a long key")]
    [InlineData("Assistant:Http:Limit", "many", "allowed is a digit")]
    [InlineData("Assistant:Http:ApiKeys:first", "long enough", "There is no setting")]
    [InlineData("Assistant:Http:ApiKeys", "long enough", "There is no setting")]
    [InlineData("Assistant:Http:Unknown", "x", "Assistant:Http:Limit")]
    [InlineData("Assistant", "x", "There is no setting Assistant")]
    public async Task A_program_refuses_mistakes_in_its_own_settings(string key, string value, string message)
    {
        using var host = Build(key, value, Own);
        var mistake = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(message, Assert.Single(mistake.Failures), StringComparison.Ordinal);
    }

    private static IHost Build(string key, string value, AssistantSetting[] own)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new(key, value)]);
        foreach (var setting in own)
        {
            builder.Services.AddSingleton(setting);
        }

        builder.AddAssistant();
        return builder.Build();
    }
}
