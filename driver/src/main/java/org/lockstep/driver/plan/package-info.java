/** From settings and data to a run's plan: shards, steps, exchange; all checks that need no cluster. Knows no Spark. */
@NullMarked
package org.lockstep.driver.plan;

import org.jspecify.annotations.NullMarked;
