using System.Text;
using Assistant.Core.Generation;

namespace Assistant.Generation;

/// <summary>Writes the evidence for a prompt: as many of the best passages as there is room for, each sentence on a line behind its id.</summary>
internal static class EvidencePrompt
{
    /// <param name="task">What is to be written.</param>
    /// <param name="tokens">Counts tokens.</param>
    /// <param name="room">Tokens that there is room for; the best passage is shown, cut short, even where they do not suffice.</param>
    public static string Write(WritingTask task, TokenBudget tokens, int room)
    {
        var evidence = new StringBuilder();
        foreach (var passage in task.Passages)
        {
            var lines = new StringBuilder().Append("From: ").AppendJoin(" › ", passage.Place).Append('\n');
            var used = tokens.Count(lines.ToString());
            var shown = 0;
            foreach (var sentence in passage.Sentences)
            {
                var line = $"[{sentence.Id}] {sentence.Text}\n";
                used += tokens.Count(line);
                if (used > room && (shown > 0 || evidence.Length > 0))
                {
                    break;
                }

                lines.Append(line);
                shown++;
            }

            if (used > room && evidence.Length > 0)
            {
                break;
            }

            evidence.Append(lines).Append('\n');
            room -= used;
            if (room <= 0)
            {
                break;
            }
        }

        return evidence.ToString().TrimEnd();
    }
}
