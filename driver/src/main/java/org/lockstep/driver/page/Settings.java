package org.lockstep.driver.page;

import java.util.List;
import org.lockstep.driver.markup.Markup;

/** The model's layers and the run's settings. */
final class Settings {

    private Settings() {}

    static void write(Markup page, RunRecord run) {
        page.start("section").leaf("h2", "Model");
        page.leaf("pre.scroll.card", run.summary(), "tabindex", "0", "role", "region", "aria-label", "Model summary");
        page.end();
        if (!run.settings().isEmpty()) {
            page.start("section").leaf("h2", "Settings");
            List<List<String>> rows = run.settings().entrySet().stream()
                    .map(each -> List.of(each.getKey(), each.getValue()))
                    .toList();
            Table.write(page, "Settings of the run", List.of("name", "value"), rows);
            page.end();
        }
    }
}
