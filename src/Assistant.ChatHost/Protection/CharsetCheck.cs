using Assistant.ChatHost.Problems;
using Microsoft.Net.Http.Headers;

namespace Assistant.ChatHost.Protection;

/// <summary>Refuses a body in an encoding that nobody knows, over which the reading of JSON would stumble.</summary>
internal static class CharsetCheck
{
    public static void UseCharsetCheck(this IApplicationBuilder app) => app.Use((context, next) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue && type.Encoding is null
            ? throw new RequestRefusedException(
                $"The charset '{Problem.Shorten(type.Charset.Value!)}' is not known. Send the body as UTF-8.", StatusCodes.Status415UnsupportedMediaType)
            : next(context));
}
