package org.deutero.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Resampling;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A description as JSON has it: components are keys, in their order. */
record DescriptionJson(
        Method method,
        Map<String, Object> network,
        int way,
        Input preprocessing,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Calibration> calibration,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<EncoderReference> encoder,
        Map<String, Object> provenance) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    record Method(String name, Map<String, Object> options) {}

    record Input(
            Preprocessing.Kind kind, int channels, int height, int width, Resampling resampling, boolean inverted) {}

    /** A description as a tree of maps, lists, texts and numbers. */
    static Map<String, Object> toTree(LearnerDescription d) {
        ImageFormat f = d.preprocessing().format();
        DescriptionJson json = new DescriptionJson(
                new Method(d.method(), d.methodOptions()),
                d.networkOptions(),
                d.way(),
                new Input(d.preprocessing().kind(), f.channels(), f.height(), f.width(), f.resampling(), f.inverted()),
                d.calibration(),
                d.encoder(),
                d.provenance());
        return MAPPER.convertValue(json, new TypeReference<>() {});
    }

    /** A threshold as a tree. */
    static Map<String, Object> toTree(Rejection rejection) {
        return MAPPER.convertValue(rejection, new TypeReference<>() {});
    }

    /** The inverse. @throws RuntimeException of any kind if the tree is none of ours */
    static Rejection rejection(Map<String, Object> tree) {
        return MAPPER.convertValue(tree, Rejection.class);
    }

    /** The inverse. @throws RuntimeException of any kind if the tree is none of ours */
    static LearnerDescription of(Map<String, Object> tree) {
        DescriptionJson json = MAPPER.convertValue(tree, DescriptionJson.class);
        Input in = json.preprocessing();
        return new LearnerDescription(
                json.method().name(),
                json.method().options(),
                json.network(),
                json.way(),
                new Preprocessing(
                        new ImageFormat(in.channels(), in.height(), in.width(), in.resampling(), in.inverted()),
                        in.kind()),
                json.calibration(),
                json.encoder() == null ? Optional.empty() : json.encoder(),
                json.provenance());
    }
}
