using Assistant.ChatHost;
using Assistant.ChatHost.Chat;
using Assistant.ChatHost.Documents;
using Assistant.ChatHost.Health;
using Assistant.ChatHost.Indexing;
using Assistant.ChatHost.Json;
using Assistant.ChatHost.Page;
using Assistant.ChatHost.Problems;

return await Startup.RunAsync(args, builder =>
{
    builder.AddIndexing();
    builder.AddQuestions();
    builder.AddJson();
    builder.AddProblems();
    builder.AddHealth();
}, app =>
{
    app.UseProblems();
    app.UsePage();
    app.MapHealth();
    app.MapChat();
    app.MapDocuments();
});
