namespace Assistant.ChatHost.Chat;

internal static class QuestionsSetup
{
    public static void AddQuestions(this WebApplicationBuilder builder) => builder.Services.AddSingleton<Questions>();
}
