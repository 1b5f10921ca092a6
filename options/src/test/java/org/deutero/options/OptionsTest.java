package org.deutero.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private enum Order {
        FIRST,
        SECOND_ORDER
    }

    private static Options method(String key, Object value) {
        Map<String, Object> section = new HashMap<>();
        section.put(key, value);
        return Options.of(Map.of("method", section)).section("method");
    }

    @Test
    void defaultsStandInForAbsentKeys() {
        Options o = Options.of(Map.of());
        assertThat(o.number("rate", 0.4, "")).isEqualTo(0.4);
        assertThat(o.integer("steps", 3, 1, 10, "")).isEqualTo(3);
        assertThat(o.text("norm", "batch", "")).isEqualTo("batch");
        assertThat(o.choice("order", Order.SECOND_ORDER, "")).isEqualTo(Order.SECOND_ORDER);
        assertThat(o.flag("bias", true, "")).isTrue();
        assertThat(o.integers("sizes", List.of(40, 40), 1, 99, "")).containsExactly(40, 40);
        assertThat(o.optionalNumber("clip", 0, 10, "")).isEmpty();
        assertThat(o.section("network").integer("depth", 4, 1, 9, "")).isEqualTo(4);
        o.finish();
    }

    @ParameterizedTest
    @CsvSource({"1e-3,0.001", "1E5,100000", "-.5,-0.5", "2.,2", "+3.25,3.25"})
    void numbersMayBeWrittenScientifically(String written, double expected) {
        assertThat(method("rate", written).number("rate", 0, "")).isEqualTo(expected);
    }

    @Test
    void wholeNumbersMayBeWrittenScientifically() {
        assertThat(method("iterations", "1e5").integer("iterations", 1, 1, 1_000_000, ""))
                .isEqualTo(100_000);
        assertThat(method("iterations", 2e3).integer("iterations", 1, 1, 1_000_000, ""))
                .isEqualTo(2000);
        assertThat(method("seed", Long.MAX_VALUE).longInteger("seed", 1, "")).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "NaN", "Infinity", "1f", "0x10", "1e99999", "1 2"})
    void textThatIsNoNumberIsRefused(String written) {
        assertThatThrownBy(() -> method("inner-rate", written).number("inner-rate", 0.4, ""))
                .isInstanceOf(OptionsException.class)
                .hasMessage("method.inner-rate must be a number, not \"" + written + "\"");
    }

    @Test
    void valuesOfTheWrongKindAreRefused() {
        assertThatThrownBy(() -> method("r", null).number("r", 1, ""))
                .hasMessage("method.r must be a number, not empty");
        assertThatThrownBy(() -> method("r", Double.NaN).number("r", 1, "")).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> method("r", List.of(1)).number("r", 1, "")).hasMessageContaining("not [1]");
        assertThatThrownBy(() -> method("r", Map.of()).text("r", "x", "")).hasMessageContaining("not a section");
        assertThatThrownBy(() -> method("r", "maybe").flag("r", true, "")).hasMessageContaining("true or false");
        assertThatThrownBy(() -> method("r", 2.5).integer("r", 1, 1, 9, ""))
                .hasMessage("method.r must be a whole number between 1 and 9, not 2.5");
        assertThatThrownBy(() -> method("r", List.of(1, "x")).integers("r", List.of(), 0, 9, ""))
                .hasMessageContaining("a list of whole numbers");
        assertThatThrownBy(() -> Options.of(Map.of("method", 3)).section("method"))
                .hasMessage("method must be a section with keys of its own, not 3");
    }

    @Test
    void textInPlaceOfASectionIsItsName() {
        Options o = Options.of(Map.of("method", "maml"));
        assertThat(o.section("method").text("name", "protonet", "")).isEqualTo("maml");
        o.finish();
        assertThat(o.resolved()).isEqualTo(Map.of("method", Map.of("name", "maml")));
        Options nameless = Options.of(Map.of("training", "long"));
        nameless.section("training").integer("iterations", 1, 1, 9, "");
        assertThatThrownBy(nameless::finish).hasMessageContaining("training.name");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> method("r", 11).integer("r", 1, 1, 10, ""))
                .hasMessage("method.r must be a whole number between 1 and 10, not 11");
        assertThatThrownBy(() -> method("r", 1L << 40).integer("r", 1, 1, Integer.MAX_VALUE, ""))
                .hasMessageContaining("of at least 1");
        assertThatThrownBy(() -> method("r", 0).positive("r", 1, "")).hasMessageContaining("above 0");
        assertThatThrownBy(() -> method("r", "third").choice("r", Order.FIRST, ""))
                .hasMessage("method.r must be one of first, second-order, not \"third\"");
    }

    @Test
    void everyUnknownKeyIsRefusedByFullPathWithASuggestion() {
        Options o = Options.of(Map.of("method", Map.of("inner-rat", 1)));
        o.section("method").number("inner-rate", 0.4, "");
        o.section("method").integer("inner-steps", 1, 1, 9, "");
        assertThatThrownBy(o::finish)
                .isInstanceOf(OptionsException.class)
                .hasMessage("unknown key \"method.inner-rat\"; did you mean \"inner-rate\"?"
                        + " (keys of method: inner-rate, inner-steps)");
    }

    @Test
    void aSectionNobodyAskedForIsUnknown() {
        Options o = Options.of(Map.of("trainin", Map.of()));
        o.section("training").integer("iterations", 1, 1, 9, "");
        assertThatThrownBy(o::finish).hasMessageContaining("unknown key \"trainin\"; did you mean \"training\"?");
    }

    @Test
    void aMissingRequiredKeySaysWhatItIsFor() {
        assertThatThrownBy(() -> method("nam", "x").required("name", "the method to train"))
                .hasMessage("the recipe lacks method.name (the method to train); did you mean \"nam\"?");
    }

    @Test
    void resolvedTreeHasGivenAndDefaultValuesInOrderOfAsking() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("method", Map.of("inner-rate", "1e-2"));
        Options o = Options.of(tree);
        o.longInteger("seed", 7, "seed of everything");
        o.optionalText("published", "");
        Options m = o.section("method");
        m.choice("order", Order.SECOND_ORDER, "");
        m.number("inner-rate", 0.4, "step size");
        o.section("unused");
        assertThat(o.resolved()).hasToString("{seed=7, method={order=second-order, inner-rate=0.01}}");
        assertThat(o.describe()).contains(new OptionKey("method.inner-rate", "number", "0.4", "0.01", "step size"));
        assertThat(Options.of(o.resolved()).section("method").number("inner-rate", 0, ""))
                .isEqualTo(0.01);
    }

    @Test
    void whatIsDrawnApartFollowsTheSeedOfTheRecipe() {
        Options o = Options.of(Map.of("seed", 7, "network", Map.of("start-seed", 3)));
        assertThat(o.section("method").seed("start-seed", "")).isEqualTo(7);
        assertThat(o.section("method").section("inner").seed("start-seed", "")).isEqualTo(7);
        assertThat(o.section("network").seed("start-seed", "")).isEqualTo(3);
        assertThat(Options.of(Map.of()).section("method").seed("start-seed", ""))
                .isEqualTo(1);
    }

    @Test
    void suggestionsTolerateSwapsAndIgnoreTheFarOff() {
        assertThat(Suggestions.distance("iamml", "maml")).isEqualTo(2);
        assertThat(Suggestions.closest("mmal", List.of("maml", "reptile"))).contains("maml");
        assertThat(Suggestions.closest("zebra", List.of("maml", "reptile"))).isEmpty();
        assertThat(Suggestions.closest("omniglot", List.of("omniglot-5way-1shot")))
                .isPresent();
    }
}
