package org.lockstep.driver.page;

import java.util.List;
import org.lockstep.driver.markup.Markup;

/** A table of figures that scrolls by itself where the window is narrow: first column row heads, the others numbers. */
final class Table {

    private Table() {}

    static void write(Markup page, String caption, List<String> heads, List<List<String>> rows) {
        page.start("div.scroll", "tabindex", "0", "role", "region", "aria-label", caption);
        page.start("table.figures").leaf("caption", caption).start("thead").start("tr");
        heads.forEach(head -> page.leaf("th", head, "scope", "col"));
        page.end().end().start("tbody");
        for (List<String> row : rows) {
            page.start("tr").leaf("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> page.leaf("td", cell));
            page.end();
        }
        page.end().end().end();
    }

    /** Folded away where the rows are many. */
    static void folded(Markup page, String caption, List<String> heads, List<List<String>> rows) {
        if (rows.size() <= 12) {
            page.start("details", "open", "open");
        } else {
            page.start("details");
        }
        page.leaf("summary", caption);
        write(page, caption, heads, rows);
        page.end();
    }
}
