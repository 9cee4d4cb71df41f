using System.Collections.Frozen;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>
/// Words that carry little of a question's meaning though they are rare enough: light verbs, vague adjectives and adverbs, and
/// shell nouns (“thing”, “step”, “way”), which stand for what the answer says in words of its own. A language without a list has none.
/// </summary>
internal static class LightWords
{
    /// <summary>What such a word counts beside another one.</summary>
    public const double Factor = 0.25;

    private static readonly FrozenDictionary<string, FrozenSet<string>> Words = new Dictionary<string, string>
    {
        ["en"] =
            """
            make made take took get got give gave keep kept let put set go went come came happen happens become became be look
            need wish hope try tried know knew mean meant seem appear call show find found use hold held
            carry bring brought turn move stand stay remain start begin began end stop work help talk speak discuss answer reply ask
            say tell concern involve relate regard
            thing way kind sort type step point issue matter idea aim goal part side camp group person people everyone everybody someone
            anyone anybody anything something nothing everything piece case fact detail role place effect
            result reason example aspect element feature area field level list name word question topic subject
            good bad big small great large little new old main key important major different various certain possible likely able
            still even ever never always often already yet really actually exactly particularly especially together alone instead
            first last next early late soon long
            """,
        ["de"] =
            """
            machen macht gemacht tun tat getan geben gibt gab nehmen nahm genommen bekommen kommen kam gehen ging stehen stand liegen lag lassen
            bringen brachte halten hielt nennen nannte genannt heißen hieß finden fand gefunden zeigen scheinen bleiben blieb beginnen begann enden
            helfen sagen sprechen fragen antworten gelten bezeichnen verwenden benutzen nutzen wissen wusste gehören passieren
            Ding Sache Art Weise Typ Punkt Frage Idee Ziel Teil Seite Gruppe Person Leute Menschen jeder jemand niemand etwas nichts
            Fall Tatsache Rolle Ort Stelle Wirkung Ergebnis Grund Beispiel Aspekt Merkmal Bereich Ebene Name Wort Begriff Thema
            gut schlecht groß klein neu alt wichtig hauptsächlich verschieden unterschiedlich bestimmt möglich wahrscheinlich bekannt
            noch sogar immer nie oft schon bereits eigentlich wirklich genau besonders zusammen allein stattdessen
            erste letzte nächste früh spät bald lange
            """,
        ["ru"] =
            """
            делать делает сделать сделал дать дает давать взять брать получить получил получает прийти идти стоять лежать держать называть называется
            называют назвали найти нашли показать казаться оставаться стать стал стала становиться начать начал начался закончить помочь говорить
            сказать спросить ответить являться является использовать используется использовали находиться находится знать известен происходить
            вещь способ вид тип пункт вопрос идея цель часть сторона группа человек люди каждый
            случай факт роль место результат причина пример аспект область уровень имя название слово тема
            хороший плохой большой маленький новый старый главный важный основной разный различный определенный возможный вероятный
            даже всегда никогда часто уже еще действительно именно особенно вместе первый последний следующий рано поздно скоро долго
            """,
        ["fr"] =
            """
            faire fait donner donne prendre pris obtenir venir aller mettre mis tenir laisser appeler trouver montrer sembler rester devenir devenu
            commencer finir aider dire parler demander répondre utiliser savoir connu passer
            chose façon manière genre sorte type point question idée but partie côté groupe personne gens rien
            cas rôle endroit lieu effet résultat raison exemple aspect élément domaine niveau nom mot sujet
            bon mauvais grand petit nouveau vieux principal important différent certain possible probable
            encore toujours jamais souvent déjà vraiment exactement particulièrement ensemble seul premier dernier prochain tôt tard bientôt longtemps
            """,
        ["es"] =
            """
            hacer hizo hecho dar dio tomar obtener venir ir poner mantener dejar llamar encontrar mostrar parecer quedar llegar
            empezar comenzar terminar ayudar decir dijo hablar preguntar responder usar utilizar saber conocido pasar
            cosa manera modo tipo punto pregunta idea objetivo parte lado grupo persona gente alguien nada
            caso papel lugar efecto resultado razón ejemplo aspecto elemento área nivel nombre palabra tema
            bueno malo grande pequeño nuevo viejo principal importante diferente cierto posible probable
            aún incluso siempre nunca menudo realmente exactamente especialmente juntos solo primero último próximo temprano tarde pronto
            """,
    }.ToFrozenDictionary(
        entry => entry.Key,
        entry => TextAnalyzer.Words(entry.Value, entry.Key).Select(word => word.Term).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>What a term counts, 0 to 1.</summary>
    public static double Weight(string term, string? language) =>
        Words.TryGetValue(language ?? "en", out var words) && words.Contains(term) ? Factor : 1;
}
