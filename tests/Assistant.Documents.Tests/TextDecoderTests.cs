using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests;

public sealed class TextDecoderTests
{
    private const string German = "Die Deutsche Schule gehört zum Netzwerk der Auslandsschulen, die im Auftrag des Auswärtigen Amtes gefördert werden. Größe und Übersicht zählen für Schüler.";
    private const string Polish = "Zażółć gęślą jaźń. Rząd przyjął w środę projekt ustawy, który ma ułatwić życie przedsiębiorców; święto będzie w październiku.";
    private const string Russian = "Надежды на разрешение в пятницу кризиса с транзитом газа пока не оправдались. Однако вечером стало известно, что Киев ставит такой формат под сомнение.";
    private const string Greek = "Η ελληνική γλώσσα είναι μία από τις ινδοευρωπαϊκές γλώσσες. Αποτελεί το μοναδικό μέλος του ελληνικού κλάδου.";
    private const string Japanese = "日本語の文章をここに書きます。これは文字コードを調べるための試験です。\n東京は日本の首都であり、人口が多い都市です。\n";
    private const string Korean = "한나라당은 이월 임시국회에서 국회 폭력방지법 제정도 추진하기로 했다. 법과 원칙에 따라 처리하라고 말했다.";
    private const string Chinese = "我们今天在这里讨论文字编码的问题。中国的首都是北京，人口很多，历史悠久，文化灿烂。";

    static TextDecoderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("windows-1252", German)]
    [InlineData("windows-1250", Polish)]
    [InlineData("iso-8859-2", Polish)]
    [InlineData("windows-1251", Russian)]
    [InlineData("koi8-r", Russian)]
    [InlineData("ibm866", Russian)]
    [InlineData("windows-1253", Greek)]
    [InlineData("shift_jis", Japanese)]
    [InlineData("euc-jp", Japanese)]
    [InlineData("euc-kr", Korean)]
    [InlineData("gb18030", Chinese)]
    [InlineData("utf-8", Greek)]
    [InlineData("utf-16", Japanese)]
    [InlineData("utf-16BE", Russian)]
    [InlineData("utf-16", German)]
    [InlineData("utf-16BE", Korean)]
    public void An_encoding_that_nobody_names_is_found(string charset, string text)
    {
        Assert.Equal(text, TextDecoder.Decode(Encoding.GetEncoding(charset).GetBytes(text)));
    }

    [Theory]
    [InlineData("windows-1252", "Café Müller")]
    [InlineData("windows-1252", "It’s “fine” – really…")]
    [InlineData("windows-1252", "25 °C ± 3 µm, 10 € or 5 £")]
    public void A_few_western_characters_are_enough(string charset, string text)
    {
        Assert.Equal(text, TextDecoder.Decode(Encoding.GetEncoding(charset).GetBytes(text)));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void A_byte_order_mark_decides_and_is_no_text(string charset)
    {
        var encoding = Encoding.GetEncoding(charset);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("Größe 1")];

        Assert.Equal("Größe 1", TextDecoder.Decode(bytes, declaredCharset: "windows-1251"));
    }

    [Theory]
    [InlineData("windows-1251", "Это мир.")]
    [InlineData("ISO-8859-2", "żółw")]
    [InlineData(" \"Shift_JIS\" ", "東京")]
    [InlineData("gb2312", "中文")]
    public void A_declared_charset_decides_for_a_text_too_short_for_statistics(string declared, string text)
    {
        var bytes = Encoding.GetEncoding(declared.Trim().Trim('"')).GetBytes(text);

        Assert.Equal(text, TextDecoder.Decode(bytes, declared));
    }

    [Theory]
    [InlineData("shift_jis")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    [InlineData("no-such-charset")]
    [InlineData("")]
    public void A_declared_charset_that_the_bytes_contradict_is_ignored(string declared)
    {
        Assert.Equal("Größe für „alle“", TextDecoder.Decode(Encoding.UTF8.GetBytes("Größe für „alle“"), declared));
    }

    [Fact]
    public void Latin_1_is_read_as_the_windows_charset_that_pages_mean_by_it()
    {
        Assert.Equal("“10 €”", TextDecoder.Decode([0x93, 0x31, 0x30, 0x20, 0x80, 0x94], "iso-8859-1"));
    }

    [Fact]
    public void A_text_cut_off_inside_a_character_stays_utf_8()
    {
        var bytes = Encoding.UTF8.GetBytes(Russian);

        Assert.Equal(Russian[..^2] + "\uFFFD", TextDecoder.Decode(bytes.AsSpan()[..^2]));
    }

    [Fact]
    public void Zero_bytes_in_binary_data_or_strewn_into_text_are_not_taken_for_utf_16()
    {
        Assert.Contains('\0', TextDecoder.Decode([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52]));
        Assert.Equal("some words\0of text", TextDecoder.Decode("some words\0of text"u8));
    }

    [Fact]
    public void Nothing_decodes_to_nothing() => Assert.Equal("", TextDecoder.Decode([]));

    [Fact]
    public void Any_text_in_utf_8_comes_back_whatever_single_byte_charset_is_declared()
    {
        Prop.ForAll<string, bool>((text, declares) =>
        {
            // Surrogates without partner have no bytes in UTF-8, and zeros make it another question.
            var written = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes((text ?? "").Replace('\0', ' '))).TrimStart('\uFEFF');
            return TextDecoder.Decode(Encoding.UTF8.GetBytes(written), declares ? "windows-1252" : null) == written;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_and_any_declaration_decode_to_something()
    {
        Prop.ForAll<byte[], string>((bytes, declared) => TextDecoder.Decode(bytes, declared) is not null).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Real_files_come_out_as_in_their_true_encoding()
    {
        var list = SharedFiles.Require("documents/txt-encodings.json");
        var encodings = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(list)) ?? [];
        Assert.NotEmpty(encodings);
        foreach (var (file, charset) in encodings)
        {
            var bytes = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(list) ?? "", file));
            var name = charset.StartsWith("utf-8", StringComparison.Ordinal) ? "utf-8" : charset.Replace("utf-16-", "utf-16", StringComparison.Ordinal);
            var encoding = name.StartsWith("cp12", StringComparison.Ordinal) ? Encoding.GetEncoding("windows-" + name[2..]) : Encoding.GetEncoding(name);

            Assert.True(encoding.GetString(bytes).TrimStart('\uFEFF') == TextDecoder.Decode(bytes), $"{file} is {charset}");
        }
    }
}
