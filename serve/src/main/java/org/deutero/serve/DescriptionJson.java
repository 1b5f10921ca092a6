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
            Preprocessing.Kind kind,
            int channels,
            int height,
            int width,
            Resampling resampling,
            boolean inverted,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Preprocessing.Ink> ink) {
        static Input of(Preprocessing p) {
            ImageFormat f = p.format();
            return new Input(p.kind(), f.channels(), f.height(), f.width(), f.resampling(), f.inverted(), p.ink());
        }

        /** Files of earlier builds do not tell of ink: their pictures are asked one by one, as they always were. */
        Preprocessing preprocessing() {
            return new Preprocessing(
                    new ImageFormat(channels, height, width, resampling, inverted),
                    kind,
                    ink == null ? Optional.empty() : ink);
        }
    }

    /** A description as a tree of maps, lists, texts and numbers. */
    static Map<String, Object> toTree(LearnerDescription d) {
        DescriptionJson json = new DescriptionJson(
                new Method(d.method(), d.methodOptions()),
                d.networkOptions(),
                d.way(),
                Input.of(d.preprocessing()),
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
        return new LearnerDescription(
                json.method().name(),
                json.method().options(),
                json.network(),
                json.way(),
                json.preprocessing().preprocessing(),
                json.calibration(),
                json.encoder() == null ? Optional.empty() : json.encoder(),
                json.provenance());
    }
}
