package org.lockstep.driver.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {

    @Test
    void text_markupAndForbiddenCharacters_neverMarkup() {
        Markup page = new Markup().leaf("p.a.b", "<i>&\u0000\u0085\uD83D\uDE00", "title", "\"'<&");
        assertThat(page.toString())
                .isEqualTo("<p class=\"a b\" title=\"&quot;'&lt;&amp;\">&lt;i&gt;&amp;\uFFFD\uFFFD\uD83D\uDE00</p>");
    }

    @Test
    void leaf_noText_stillHasAnEndTag() {
        assertThat(new Markup().start("p").leaf("span", "").empty("br").end().toString())
                .isEqualTo("<p><span></span><br/></p>");
    }

    @Test
    void toString_elementNotEnded_refused() {
        assertThatThrownBy(() -> new Markup().start("p").toString()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void figures_eachSize_readable() {
        assertThat(Figures.value(0.98126)).isEqualTo("0.9813");
        assertThat(Figures.value(123456)).isEqualTo("123456");
        assertThat(Figures.value(-2)).isEqualTo("-2.000");
        assertThat(Figures.value(0.00125)).isEqualTo("0.001250");
        assertThat(Figures.value(0)).isEqualTo("0");
        assertThat(Figures.value(1.5e-7)).isEqualTo("1.500e-07");
        assertThat(Figures.percent(0)).isEqualTo("0\u00A0%");
        assertThat(Figures.percent(0.0412)).isEqualTo("4.1\u00A0%");
        assertThat(Figures.percent(0.41)).isEqualTo("41\u00A0%");
        assertThat(Figures.percent(0.9972)).isEqualTo("99.7\u00A0%");
        assertThat(Figures.percent(1)).isEqualTo("100\u00A0%");
        assertThat(Figures.duration(1_250_000)).isEqualTo("1.3\u00A0ms");
        assertThat(Figures.duration(999_400_000)).isEqualTo("999\u00A0ms");
        assertThat(Figures.duration(12_340_000_000L)).isEqualTo("12.3\u00A0s");
        assertThat(Figures.duration(59_960_000_000L)).isEqualTo("1\u00A0min\u00A000\u00A0s");
        assertThat(Figures.duration(3_720_000_000_000L)).isEqualTo("1\u00A0h\u00A002\u00A0min");
    }
}
