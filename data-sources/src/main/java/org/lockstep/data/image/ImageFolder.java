package org.lockstep.data.image;

import java.util.Arrays;
import java.util.List;
import org.lockstep.data.BadDataException;
import org.lockstep.data.BadRecordLimit;
import org.lockstep.data.BadRecordRule;
import org.lockstep.data.BadRecords;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.Loaded;
import org.lockstep.data.OnBadRecord;
import org.lockstep.data.Samples;
import org.lockstep.data.storage.StoredFolder;
import org.lockstep.data.storage.StoredTree;

/**
 * JPEG and PNG images in a folder for each class, as Keras's {@code image_dataset_from_directory} reads them.
 *
 * <p>The path is a folder, a zip file, or a folder in a zip file ({@code data.zip/train}), plain or a Hadoop URI. A single
 * folder above the class folders is passed over, if no image lies in it. The classes are the folders' names in order; files below a class folder,
 * at any depth, ending in .jpg, .jpeg or .png, come by class, then by folder, then by name: the same order everywhere. A zip
 * file that is not local is copied to each machine once.
 *
 * <p>x of a sample is (height, width, 3), or (height, width, 1) for {@link ColorMode#GRAYSCALE}, in [0, 255] unless {@link
 * #scale} is set; it travels as bytes. Images of another size are resized bilinearly as Keras does, but to whole numbers.
 * y is the number of the class unless {@link #labelMode} is set.
 *
 * <p>Names are listed here, at once; images are decoded when a batch is made, on the threads that prefetch. An image of more
 * than 2^26 pixels, one that ends too early, or one whose data are corrupt is refused, even where a viewer shows it.
 */
public final class ImageFolder implements IndexedSource {

    private static final long serialVersionUID = 1;

    /** Absolute, with its scheme. */
    private final String uri;

    private final List<String> classNames;
    private final int samples;
    private final String digest;
    private final Frame frame;
    private final LabelMode labelMode;
    private final float scale;
    private final BadRecordRule rule;

    private record Counted(Key key, BadRecordRule rule) {}

    private record Key(String uri, String digest) {}

    private ImageFolder(
            String uri,
            List<String> classNames,
            int samples,
            String digest,
            Frame frame,
            LabelMode labelMode,
            float scale,
            BadRecordRule rule) {
        this.uri = uri;
        this.classNames = classNames;
        this.samples = samples;
        this.digest = digest;
        this.frame = frame;
        this.labelMode = labelMode;
        this.scale = scale;
        this.rule = rule;
    }

    /**
     * The images below a path, brought to this size, in colour.
     *
     * @throws BadDataException if there is no such folder or zip file, or no image in it
     */
    public static ImageFolder of(String path, int height, int width) {
        Frame frame = new Frame(height, width, ColorMode.RGB);
        if (!frame.isSized()) {
            throw new IllegalArgumentException("Invalid `height`: must be a positive integer. Received: " + height);
        }
        return of(path, frame);
    }

    /**
     * The images below a path, in colour, brought to the size of the input of the model that is fitted or evaluated with
     * them.
     *
     * @throws BadDataException if there is no such folder or zip file, or no image in it
     */
    public static ImageFolder of(String path) {
        return of(path, Frame.unsized());
    }

    private static ImageFolder of(String path, Frame frame) {
        String uri = StoredFolder.of(path).uri();
        ImageListing listing = ImageListing.of(StoredTree.of(uri));
        if (listing.images().isEmpty()) {
            throw new BadDataException(
                    "No images found in directory %s. Allowed formats: ('.jpeg', '.jpg', '.png')".formatted(path));
        }
        Loaded.of(new Key(uri, listing.digest()), ImageListing.class, () -> listing);
        return new ImageFolder(
                uri,
                listing.classes(),
                listing.images().size(),
                listing.digest(),
                frame,
                LabelMode.INT,
                1,
                BadRecordRule.FAIL);
    }

    /** The channels of x; RGB unless set. */
    public ImageFolder colorMode(ColorMode mode) {
        Frame changed = new Frame(frame.height(), frame.width(), mode);
        return new ImageFolder(uri, classNames, samples, digest, changed, labelMode, scale, rule);
    }

    /**
     * What y is; INT unless set.
     *
     * @throws IllegalArgumentException for BINARY and other than two classes
     */
    public ImageFolder labelMode(LabelMode mode) {
        if (mode == LabelMode.BINARY && classNames.size() != 2) {
            throw new IllegalArgumentException(
                    "When passing `label_mode=\"binary\"`, there must be exactly 2 class_names. Received: class_names="
                            + classNames);
        }
        return new ImageFolder(uri, classNames, samples, digest, frame, mode, scale, rule);
    }

    /** The factor that takes a byte to a value of x, such as 1f / 255; 1 unless set. */
    public ImageFolder scale(float scale) {
        if (!Float.isFinite(scale) || scale == 0) {
            throw new IllegalArgumentException(
                    "Invalid `scale`: must be a finite number other than 0. Received: " + scale);
        }
        return new ImageFolder(uri, classNames, samples, digest, frame, labelMode, scale, rule);
    }

    /**
     * What happens to files that are no image, or damaged; FAIL and 0.01 unless set. A file that is missing or cannot be read
     * always fails.
     *
     * @param maxShare of all images of this source, how many may be skipped, in [0, 1], over all executors
     */
    public ImageFolder onBadRecord(OnBadRecord action, double maxShare) {
        return new ImageFolder(
                uri, classNames, samples, digest, frame, labelMode, scale, new BadRecordRule(action, maxShare));
    }

    /** The names of the classes; class i is label i. */
    public List<String> classNames() {
        return classNames;
    }

    /** Itself where a size was named. */
    @Override
    public ImageFolder sizedFor(int... input) {
        if (frame.isSized()) {
            return this;
        }
        if (input.length != 3 || input[0] < 1 || input[1] < 1) {
            throw new IllegalArgumentException(
                    "Cannot bring the images of %s to the size of the model's input: its samples must be (height, width, channels) of a known height and width. Received: %s. Name a size: ImageFolder.of(path, height, width)"
                            .formatted(shown(), Arrays.toString(input)));
        }
        Frame changed = new Frame(input[0], input[1], frame.colorMode());
        return new ImageFolder(uri, classNames, samples, digest, changed, labelMode, scale, rule);
    }

    @Override
    public int[] sampleShape() {
        checkSized();
        return frame.shape();
    }

    private void checkSized() {
        if (!frame.isSized()) {
            throw new IllegalStateException(
                    "Cannot tell how large the images of %s are: that depends on the model. Name a size: ImageFolder.of(path, height, width)"
                            .formatted(shown()));
        }
    }

    @Override
    public long samples() {
        return samples;
    }

    /** Of the names and lengths of all files, not of what is in them. */
    @Override
    public String fingerprint() {
        return "images %s, %s, %s, scale %s, %s".formatted(digest, frame, labelMode, scale, rule);
    }

    @Override
    public BadRecordLimit badRecordLimit() {
        return new BadRecordLimit(shown(), samples, rule);
    }

    @Override
    public Samples openSamples() {
        checkSized();
        StoredTree tree = StoredTree.of(uri);
        Key key = new Key(uri, digest);
        ImageListing listing = Loaded.of(key, ImageListing.class, () -> again(tree));
        BadRecords bad = Loaded.of(new Counted(key, rule), BadRecords.class, () -> new BadRecords(badRecordLimit()));
        return new ImageSamples(tree, listing, frame, labelMode.labels(classNames.size()), scale, bad);
    }

    private ImageListing again(StoredTree tree) {
        ImageListing listing = ImageListing.of(tree);
        if (!listing.digest().equals(digest)) {
            throw new BadDataException("Cannot read " + shown() + ": the names or lengths of its " + samples
                    + " images are not those that the run was set up with. Received: "
                    + listing.images().size() + " images");
        }
        return listing;
    }

    private String shown() {
        return StoredFolder.of(uri).toString();
    }

    @Override
    public String toString() {
        return "ImageFolder(" + shown() + ")";
    }
}
