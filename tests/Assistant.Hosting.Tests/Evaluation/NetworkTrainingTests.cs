using System.Globalization;
using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

public sealed partial class NetworkTrainingTests
{
    [Fact]
    public void What_is_trained_says_what_the_product_says_with_the_same_weights()
    {
        var network = new TrainableNetwork(8, 6, new Random(1));
        var product = AnswerNetwork.Load([network.ToFile(network.Values)]);
        foreach (var (question, sentences) in Questions)
        {
            var asked = product.Read(question, "en");
            double[] expected = [.. sentences.Select((sentence, i) => product.Judge(asked, sentence, Features(i)).Logit)];
            var actual = network.Logits(Example(question, sentences));
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    /// <summary>
    /// Moved along its gradient, every block of parameters has to change the cost by the square of the gradient's length; moved in
    /// a direction drawn by lot, by what the gradient has in that direction.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_those_of_finite_differences(bool noisy)
    {
        var network = new TrainableNetwork(8, 6, new Random(2));
        // Scaled from what training begins with, so that no block's part is lost in rounding.
        foreach (var block in network.Blocks)
        {
            var scale = block.Name switch
            {
                "shapeVectors" => 5,
                "sharpness" or "sameWord" => 0.2f,
                "projection" or "weighing" => 1,
                _ => 2,
            };
            TensorPrimitives.Multiply(block.All(network.Values), scale, block.All(network.Values));
        }

        var (question, sentences) = Questions[0];
        var example = Example(question, sentences);
        var gradient = new float[network.Values.Length];
        network.Cost(example, gradient, Noise());
        var random = new Random(3);
        foreach (var block in network.Blocks)
        {
            double[] own = [.. block.All(gradient).ToArray().Select(value => (double)value)];
            var length = Math.Sqrt(own.Sum(value => value * value));
            Assert.True(length > 1e-3, block.Name);
            double[] along = [.. own.Select(value => value / length)];
            double[] byLot = [.. along.Select(value => value * 2 * random.NextDouble())];
            foreach (var direction in (double[][])[along, byLot])
            {
                var expected = own.Zip(direction, (left, right) => left * right).Sum();
                const double Reach = 2e-3;
                var actual = (CostAt(direction, Reach) - CostAt(direction, -Reach)) / (2 * Reach);
                Assert.True(Math.Abs(expected - actual) < (0.01 * Math.Abs(expected)) + 2e-4, string.Create(CultureInfo.InvariantCulture, $"{block.Name}: {expected} is {actual}"));
            }

            double CostAt(double[] direction, double reach)
            {
                var values = block.All(network.Values);
                var before = values.ToArray();
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] += (float)(reach * direction[i]);
                }

                var cost = network.Cost(example, new float[network.Values.Length], Noise());
                before.CopyTo(values);
                return cost;
            }
        }

        Noise? Noise() => noisy ? new Noise(5, 0.2, 0) : null;
    }

    [Fact]
    public void Training_lowers_the_cost_and_gives_the_same_weights_every_time()
    {
        NetworkExample[] examples = [.. Questions.Select(question => Example(question.Question, question.Sentences))];
        var plan = new NetworkPlan { Width = 8, Hidden = 6, Batch = 2, Epochs = 30, Schedule = 40, WarmUp = 5, Rate = 5e-3f };
        var log = new StringWriter();
        var weights = NetworkTraining.Train(examples, plan, log);
        double[] costs = [.. Cost().Matches(log.ToString()).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(plan.Epochs, costs.Length);
        Assert.True(costs[^5..].Average() < 0.8 * costs[..5].Average(), log.ToString());
        Assert.Equal(weights, NetworkTraining.Train(examples, plan, TextWriter.Null));
    }

    /// <summary>Questions with sentences of which the first answers.</summary>
    private static readonly (string Question, string[] Sentences)[] Questions =
    [
        ("Who opened the new harbour?", ["The new harbour was opened by Halla Brandvik.", "The new harbour was opened in the rain.", "In 1993 fishermen asked for a pier."]),
        ("When was the tram opened?", ["The tram was opened in May 1993.", "The tram was opened by the mayor.", "It carries 4,000 people a day."]),
        ("How much does the bridge cost?", ["The bridge costs $40 million.", "The bridge has seven arches.", ""]),
        ("What share of the land is forest?", ["Forest covers 31% of the land.", "The land is hilly.", "Wolves live in the forest."]),
    ];

    private static NetworkExample Example(string question, string[] sentences) => new ExampleReader().Read(
        question,
        "en",
        [.. sentences.Select((sentence, i) => (sentence, Features(i), i == 0))]);

    private static float[] Features(int sentence) => [.. Enumerable.Range(0, AnswerNetwork.Features - 1).Select(i => ((7 * i) + (3 * sentence)) % 5 / 5f)];

    [GeneratedRegex("cost ([0-9.]+)\\.$", RegexOptions.Multiline)]
    private static partial Regex Cost();
}
