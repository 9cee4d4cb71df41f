using Assistant.Core.Answering;

namespace Assistant.Console.Chat;

/// <summary>What was said in this chat, as far as it goes into the next question.</summary>
internal sealed class Conversation
{
    /// <summary>The most questions, with their answers, that are remembered.</summary>
    public const int LongestMemory = 10;

    private readonly Queue<(string Question, Answer Answer)> turns = new();

    /// <summary>The last answer; null at the beginning.</summary>
    public Answer? LastAnswer { get; private set; }

    /// <summary><paramref name="text"/> as a question with all that was said before.</summary>
    public Question Ask(string text) => new(text)
    {
        History =
        [
            .. turns.SelectMany(turn => new[]
            {
                new ConversationTurn(ConversationTurn.User, turn.Question),
                new ConversationTurn(ConversationTurn.Assistant, turn.Answer.Text),
            }),
        ],
    };

    /// <summary>Remembers an answered question.</summary>
    public void Remember(string question, Answer answer)
    {
        turns.Enqueue((question, answer));
        if (turns.Count > LongestMemory)
        {
            turns.Dequeue();
        }

        LastAnswer = answer;
    }

    /// <summary>Begins anew.</summary>
    public void Forget()
    {
        turns.Clear();
        LastAnswer = null;
    }
}
