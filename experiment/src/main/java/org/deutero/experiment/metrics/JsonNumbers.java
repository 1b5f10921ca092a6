package org.deutero.experiment.metrics;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Numbers in JSON, which has no NaN or infinity: both are written as null, and null or nothing is read as NaN. */
public final class JsonNumbers {
    private JsonNumbers() {}

    /** What a mapper is told. */
    public static JacksonModule module() {
        return new SimpleModule()
                .addSerializer(double.class, new WriteNumber())
                .addSerializer(Double.class, new WriteNumber())
                .addDeserializer(double.class, new ReadNumber())
                .addDeserializer(Double.class, new ReadNumber());
    }

    private static final class WriteNumber extends StdSerializer<Double> {
        private WriteNumber() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }

    private static final class ReadNumber extends StdDeserializer<Double> {
        private ReadNumber() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) {
            return json.getDoubleValue();
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return Double.NaN;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Double.NaN;
        }
    }
}
