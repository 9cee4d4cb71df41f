using Assistant.ChatHost;
using Assistant.ChatHost.Chat;
using Assistant.ChatHost.Description;
using Assistant.ChatHost.Documents;
using Assistant.ChatHost.Health;
using Assistant.ChatHost.Indexing;
using Assistant.ChatHost.Mcp;
using Assistant.ChatHost.OpenAi;
using Assistant.ChatHost.Page;
using Assistant.ChatHost.Problems;
using Assistant.ChatHost.Protection;
using Assistant.ChatHost.Telemetry;
using Assistant.ChatHost.Verification;

return await Startup.RunAsync(args, builder =>
{
    builder.AddIndexing();
    builder.AddQuestions();
    builder.AddVerification();
    builder.AddProblems();
    builder.AddProtection();
    builder.AddHealth();
    builder.AddMcp();
    builder.AddDescription();
    builder.AddTelemetry();
}, app =>
{
    app.UseSecurityHeaders();
    app.UseProblems();
    app.UsePage();
    app.UseProtection();
    app.MapHealth();
    app.MapChat();
    app.MapDocuments();
    app.MapChanges();
    app.MapVerification();
    app.MapOpenAi();
    app.MapMcp();
    app.MapDescription();
});
