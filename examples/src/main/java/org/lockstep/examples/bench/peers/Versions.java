package org.lockstep.examples.bench.peers;

import org.nd4j.versioncheck.VersionCheck;

/** The versions of DL4J's artifacts on the class path. */
final class Versions {

    private Versions() {}

    static String of(String artifact) {
        return VersionCheck.getVersionInfos().stream()
                .filter(info -> info.getArtifactId().equals(artifact))
                .map(info -> info.getBuildVersion())
                .findFirst()
                .orElse("unknown");
    }
}
