namespace Assistant.ChatHost.Description;

/// <summary>Examples in the OpenAPI document.</summary>
internal static class Examples
{
    public const string Question = """{ "question": "What did some European states urge?", "history": [], "documentIds": null }""";

    public const string Answer = """
        { "outcome": "answered", "answer": "Some European states urged prudence. [1]",
          "citations": [ { "number": 1, "documentId": "talks.md", "version": 1, "title": "Talks", "headings": ["European Caution"],
            "quote": "Some European states urged prudence.", "start": 3391, "end": 3427 } ],
          "missing": [], "related": [], "question": "What did some European states urge?", "answeredBy": "extractive",
          "suggestions": [ { "question": "What is said about Stronger Deterrence Advocates?", "documentId": "talks.md", "version": 1, "title": "Talks",
            "headings": ["Stronger Deterrence Advocates"] } ], "elapsedMilliseconds": 2.1 }
        """;

    public const string AnswerEvents =
        "event: evidence\ndata: {\"question\":\"…\",\"passages\":[…]}\n\nevent: delta\ndata: {\"text\":\"Some European states urged prudence. [1]\"}\n\n"
        + "event: answer\ndata: {\"outcome\":\"answered\",…}\n\n";

    public const string Text = """{ "text": "The minister said “Some European states urged courage.”" }""";

    public const string Report = """
        { "quotations": [ { "quotation": "Some European states urged courage.", "start": 19, "end": 54, "status": "altered", "whiteSpaceDiffers": false,
            "source": { "documentId": "talks.md", "version": 1, "title": "Talks", "headings": ["European Caution"],
              "quote": "Some European states urged prudence.", "start": 3391, "end": 3427 },
            "differences": [ { "kind": "same", "text": "Some European states urged " }, { "kind": "left-out", "text": "prudence" },
              { "kind": "put-in", "text": "courage" }, { "kind": "same", "text": "." } ] } ],
          "wholeText": false, "unchecked": 0 }
        """;

    public const string Documents = """
        [ { "documentId": "talks.md", "version": 1, "title": "Talks", "contentHash": "84d765497509a6b90ef4aacc47d6994751aa004bd737a982b41bd9c648dd9ca6",
            "ingestedAt": "2026-01-06T09:00:00+00:00", "passages": 14, "metadata": { "language": "en" } } ]
        """;

    public const string Document = """
        { "documentId": "talks.md", "version": 1, "isCurrent": true, "title": "Talks",
          "contentHash": "84d765497509a6b90ef4aacc47d6994751aa004bd737a982b41bd9c648dd9ca6", "ingestedAt": "2026-01-06T09:00:00+00:00",
          "metadata": { "language": "en" }, "text": "Talks\n\nSome European states urged prudence.",
          "sections": [], "blocks": [ { "kind": "heading", "span": { "start": 0, "end": 5 } }, { "kind": "paragraph", "span": { "start": 7, "end": 43 } } ],
          "pageStarts": [], "versions": [ { "number": 1, "contentHash": "84d765497509a6b90ef4aacc47d6994751aa004bd737a982b41bd9c648dd9ca6",
            "ingestedAt": "2026-01-06T09:00:00+00:00" } ] }
        """;

    public const string Changes = """
        { "documentId": "talks.md", "title": "Talks", "from": 1, "to": 2, "unchanged": 13,
          "changes": [ { "kind": "reworded", "moved": false,
            "before": { "headings": ["Money"], "quote": "The fund holds 2 billion euros.", "start": 20, "end": 51 },
            "after": { "headings": ["Money"], "quote": "The fund holds 3 billion euros.", "start": 20, "end": 51 },
            "words": [ { "kind": "same", "text": "The fund holds ", "before": { "start": 20, "end": 35 }, "after": { "start": 20, "end": 35 } },
              { "kind": "removed", "text": "2", "before": { "start": 35, "end": 36 } }, { "kind": "added", "text": "3", "after": { "start": 35, "end": 36 } },
              { "kind": "same", "text": " billion euros.", "before": { "start": 36, "end": 51 }, "after": { "start": 36, "end": 51 } } ],
            "values": [ { "kind": "amount", "before": { "text": "2 billion euros", "start": 35, "end": 50 },
              "after": { "text": "3 billion euros", "start": 35, "end": 50 } } ] } ] }
        """;

    public const string Completion = """
        { "model": "assistant", "messages": [ { "role": "user", "content": "What did some European states urge?" } ], "stream": false }
        """;

    public const string Completed = """
        { "id": "chatcmpl-1", "object": "chat.completion", "created": 1767690000, "model": "assistant",
          "choices": [ { "index": 0, "finish_reason": "stop", "message": { "role": "assistant",
            "content": "Some European states urged prudence. [1]\n\n**Sources**\n\n1. [Talks › European Caution](http://localhost:5080/?document=talks.md&version=1&start=3391&end=3427): “Some European states urged prudence.”",
            "annotations": [ { "type": "url_citation", "url_citation": { "start_index": 37, "end_index": 40, "title": "Talks",
              "url": "http://localhost:5080/?document=talks.md&version=1&start=3391&end=3427" } } ] } } ],
          "usage": { "prompt_tokens": 7, "completion_tokens": 52, "total_tokens": 59 } }
        """;

    public const string CompletionEvents =
        "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Some European states urged prudence. [1]\"},…}],…}\n\ndata: [DONE]\n\n";

    public const string Models = """{ "object": "list", "data": [ { "id": "assistant", "object": "model", "created": 0, "owned_by": "assistant" } ] }""";

    public const string Model = """{ "id": "assistant", "object": "model", "created": 0, "owned_by": "assistant" }""";
}
