package org.lockstep.data.synthetic;

import static org.lockstep.data.synthetic.Stroke.curve;
import static org.lockstep.data.synthetic.Stroke.line;

import java.util.List;

/** The ways in which people write each digit. */
final class Glyphs {

    /** By digit, then by way of writing, the strokes. */
    private static final List<List<List<Stroke>>> DIGITS =
            List.of(zero(), one(), two(), three(), four(), five(), six(), seven(), eight(), nine());

    private Glyphs() {}

    static List<List<Stroke>> of(int digit) {
        return DIGITS.get(digit);
    }

    private static List<List<Stroke>> zero() {
        return List.of(
                List.of(curve(.5, 0, .15, .2, .05, .55, .25, .92, .55, 1, .88, .75, .93, .35, .72, .06, .5, 0)),
                List.of(curve(.6, .02, .3, .1, .18, .5, .3, .92, .55, .98, .78, .6, .75, .2, .5, .04, .4, .1)),
                List.of(curve(.45, .05, .1, .3, .1, .75, .5, 1, .9, .72, .88, .25, .6, 0, .35, .08)));
    }

    private static List<List<Stroke>> one() {
        return List.of(
                List.of(line(.5, 0, .5, 1)),
                List.of(line(.22, .25, .55, 0, .55, 1)),
                List.of(line(.25, .22, .5, 0, .5, 1), line(.2, 1, .82, 1)),
                List.of(curve(.6, 0, .52, .35, .48, .7, .42, 1)));
    }

    private static List<List<Stroke>> two() {
        return List.of(
                List.of(curve(.08, .25, .3, .02, .75, .04, .88, .3, .55, .65, .06, 1), line(.06, 1, .95, .98)),
                List.of(curve(.1, .2, .5, 0, .88, .22, .65, .62, .2, .95, .08, .85, .3, .78, .62, .95, 1, .92)),
                List.of(line(.1, .04, .85, .04), curve(.85, .04, .85, .4, .4, .75, .08, 1), line(.08, 1, .92, 1)));
    }

    private static List<List<Stroke>> three() {
        return List.of(
                List.of(
                        curve(.1, .14, .45, 0, .85, .15, .75, .4, .38, .48),
                        curve(.38, .48, .8, .56, .92, .78, .55, 1, .06, .88)),
                List.of(line(.1, .02, .88, .02, .42, .42), curve(.42, .42, .85, .55, .85, .88, .4, 1, .05, .88)),
                List.of(curve(.12, .1, .55, 0, .8, .22, .5, .44, .45, .47, .85, .62, .8, .92, .4, 1, .08, .85)));
    }

    private static List<List<Stroke>> four() {
        return List.of(
                List.of(line(.25, 0, .08, .56, .95, .56), line(.7, .2, .66, 1)),
                List.of(line(.68, 1, .68, 0, .05, .66, .96, .66)),
                List.of(curve(.15, .02, .1, .4, .3, .52, .8, .48), line(.82, 0, .76, 1)));
    }

    private static List<List<Stroke>> five() {
        return List.of(
                List.of(
                        line(.88, .02, .2, .02, .15, .45),
                        curve(.15, .45, .5, .36, .88, .58, .78, .9, .4, 1, .06, .88)),
                List.of(curve(.85, .03, .3, .05, .2, .38, .55, .45, .85, .68, .65, .95, .3, 1, .08, .9)),
                List.of(
                        line(.22, 0, .18, .44),
                        curve(.18, .44, .6, .4, .86, .65, .66, .95, .08, .95),
                        line(.22, .02, .9, 0)));
    }

    private static List<List<Stroke>> six() {
        return List.of(
                List.of(curve(.78, .02, .35, .25, .1, .65, .3, .97, .7, .97, .86, .72, .6, .52, .15, .68)),
                List.of(curve(.55, 0, .25, .4, .15, .75, .4, 1, .75, .9, .75, .62, .45, .56, .2, .8)),
                List.of(curve(.85, .1, .55, 0, .2, .3, .08, .7, .4, 1, .85, .85, .75, .55, .4, .5, .12, .7)));
    }

    private static List<List<Stroke>> seven() {
        return List.of(
                List.of(line(.06, .03, .94, .03, .4, 1)),
                List.of(line(.08, .04, .92, .02, .42, 1), line(.3, .5, .85, .5)),
                List.of(line(.08, .18, .1, .03), curve(.1, .03, .5, .08, .92, .02, .65, .4, .5, 1)));
    }

    private static List<List<Stroke>> eight() {
        return List.of(
                List.of(curve(
                        .82, .14, .5, 0, .16, .16, .3, .4, .72, .6, .88, .82, .5, 1, .12, .84, .28, .6, .7, .38, .82,
                        .14)),
                List.of(
                        curve(.5, 0, .2, .1, .2, .36, .5, .47, .8, .36, .8, .1, .5, 0),
                        curve(.5, .47, .12, .6, .14, .9, .5, 1, .86, .9, .88, .6, .5, .47)),
                List.of(curve(.7, .05, .3, .05, .2, .25, .6, .5, .78, .8, .45, 1, .2, .8, .45, .5, .8, .2, .72, .08)));
    }

    private static List<List<Stroke>> nine() {
        return List.of(
                List.of(curve(.85, .2, .5, 0, .14, .18, .22, .45, .6, .5, .86, .22), line(.86, .2, .78, 1)),
                List.of(curve(.82, .25, .5, .02, .15, .25, .35, .5, .75, .4, .85, .15, .84, .55, .65, .85, .2, 1)),
                List.of(curve(.8, .1, .4, 0, .15, .22, .35, .46, .72, .36, .8, .1, .72, .5, .6, 1)));
    }
}
