package org.lockstep.driver.curves;

import java.util.List;
import java.util.stream.Collectors;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.EpochLogs;

/** All panels side by side as one SVG file, which brings its own colours, light or dark. */
final class SvgFile {

    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; fill: #5b6472; }
            .name { font-weight: bold; fill: #1d2330; }
            .end { text-anchor: end; } .middle { text-anchor: middle; }
            .paper { fill: #ffffff; } .grid { stroke: #e3e6ea; } .line { fill: none; stroke-width: 2; }
            .line.training { stroke: #2563c9; } .dot.training { fill: #2563c9; }
            .line.validation { stroke: #c2570c; } .dot.validation { fill: #c2570c; }
            @media (prefers-color-scheme: dark) {
              text { fill: #9aa4b2; } .name { fill: #e6e9ee; } .paper { fill: #1b2029; } .grid { stroke: #333b47; }
              .line.training { stroke: #6ea8fe; } .dot.training { fill: #6ea8fe; }
              .line.validation { stroke: #f59e5b; } .dot.validation { fill: #f59e5b; }
            }
            """;

    private SvgFile() {}

    static String of(List<EpochLogs> epochs) {
        List<String> names = Curve.pictures(epochs);
        String words = names.stream()
                .map(name -> CurvePicture.description(name, epochs))
                .collect(Collectors.joining(". "));
        Markup page = new Markup();
        Frame.begin(page, words, Frame.sized(names.size() * Frame.WIDTH, Frame.HEIGHT));
        page.leaf("style", STYLE);
        page.empty("rect.paper", "width", "100%", "height", "100%");
        for (int i = 0; i < names.size(); i++) {
            page.start("g", "transform", "translate(" + i * Frame.WIDTH + " 0)");
            CurvePicture.draw(page, names.get(i), epochs);
            page.end();
        }
        return page.end().toString();
    }
}
