package org.lockstep.driver.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.lockstep.driver.SparkModel;
import org.lockstep.keras.Names;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.Sequential;

/** Which runner an op has. */
final class Runners {

    private final Map<String, Runner> runners = new HashMap<>();

    Runners(Function<Sequential, SparkModel> onSpark) {
        layers();
        runners.put("conv2d_output_shape", ConvolutionCases::outputShape);
        runners.put("conv2d_error", ConvolutionCases::error);
        runners.put("conv2d_config", ConvolutionCases::config);
        runners.put("layer_config", ConfigCases::layerConfig);
        runners.put("activation", ActivationCases::run);
        runners.put("dropout", DropoutCases::run);
        runners.put("h5_layout", LayoutCases::run);
        runners.put("layer_losses", LayerLossCases::run);
        runners.put("loss", LossCases::run);
        runners.put("metric", MetricCases::run);
        runners.put("accuracy_resolution", MetricCases::resolution);
        runners.put("regularizer", PenaltyCases::regularizer);
        runners.put("regularizer_orthogonal", PenaltyCases::orthogonal);
        runners.put("constraint", ConstraintCases::run);
        runners.put("initializer", InitializerCases::run);
        runners.put("optimizer", OptimizerCases::run);
        runners.put("lr_schedule", LearningRateCases::run);
        runners.put("data_parallel", DataParallelCases::run);
        runners.put("epoch_aggregation", ReportCases::epochAggregation);
        runners.put("progbar_line", ReportCases::progbarLine);
        runners.put("early_stopping", MonitorCases::earlyStopping);
        runners.put("reduce_lr_on_plateau", MonitorCases::reduceLearningRate);
        runners.put("checkpoint_save_best", MonitorCases::saveBest);
        runners.put("checkpoint_filename", LogFileCases::checkpointName);
        runners.put("csv_logger", LogFileCases::csvLogger);
        runners.put("callback_order", new CallbackOrderCases(onSpark));
        TrainCases train = new TrainCases(onSpark);
        runners.put("train", train::run);
        runners.put("history_keys", train::historyKeys);
        runners.put("fit_schedule", new ScheduleCases(onSpark)::run);
    }

    private void layers() {
        runners.put("conv2d", new LayerCases("Conv2D"));
        runners.put("dense", new LayerCases("Dense"));
        runners.put("max_pooling2d", new LayerCases("MaxPooling2D"));
        runners.put("average_pooling2d", new LayerCases("AveragePooling2D"));
        runners.put("global_average_pooling2d", new LayerCases("GlobalAveragePooling2D"));
        runners.put("global_max_pooling2d", new LayerCases("GlobalMaxPooling2D"));
        runners.put("depthwise_conv2d", new LayerCases("DepthwiseConv2D"));
        runners.put("separable_conv2d", new LayerCases("SeparableConv2D"));
        runners.put("conv2d_transpose", new LayerCases("Conv2DTranspose"));
        runners.put("prelu_layer", new LayerCases("PReLU"));
        runners.put("elu_layer", new LayerCases("ELU"));
        runners.put("zero_padding2d", new LayerCases("ZeroPadding2D"));
        runners.put("cropping2d", new LayerCases("Cropping2D"));
        runners.put("up_sampling2d", new LayerCases("UpSampling2D"));
        runners.put("relu_layer", new LayerCases("ReLU"));
        runners.put("leaky_relu_layer", new LayerCases("LeakyReLU"));
        runners.put("rescaling", new LayerCases("Rescaling"));
        runners.put("flatten", new LayerCases("Flatten"));
        for (String merge : List.of("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract")) {
            runners.put(Names.snakeCase(merge), new MergeCases(merge));
        }
        runners.put("batch_normalization", new LayerCases("BatchNormalization"));
    }

    Runner of(String op) {
        Runner runner = runners.get(op);
        if (runner == null) {
            throw new NotSupportedException("op `" + op + "`");
        }
        return runner;
    }
}
