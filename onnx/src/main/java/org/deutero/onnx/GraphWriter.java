package org.deutero.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** An ONNX graph under construction: values have names, and each operation gives its result's. Float32 throughout. Not thread-safe. */
public final class GraphWriter {
    /** The version of ONNX's operations; read by ONNX Runtime 1.12 (2022) and later. */
    private static final int OPERATIONS = 17;

    /** The version of the file format that goes with it. */
    private static final int FORMAT = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("deutero");
    private int made;

    /** An input; a dimension that is no number, such as {@code n}, is free. */
    public String input(String name, Object... dimensions) {
        graph.addInput(value(name, dimensions));
        return name;
    }

    /** Gives a value a name outside. */
    public void output(String name, String value, Object... dimensions) {
        graph.addNode(
                NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
        graph.addOutput(value(name, dimensions));
    }

    private static ValueInfoProto value(String name, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(
                    dimension instanceof Number number
                            ? one.setDimValue(number.longValue())
                            : one.setDimParam(String.valueOf(dimension)));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    /** A tensor of numbers that are known. */
    public String constant(float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return initializer(TensorProto.DataType.FLOAT, bytes, shape);
    }

    /** A number. */
    public String constant(double value) {
        return constant(new float[] {(float) value});
    }

    /** A vector of whole numbers, as shapes and axes are. */
    public String integers(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return initializer(TensorProto.DataType.INT64, bytes, values.length);
    }

    private String initializer(TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        String name = "c" + made++;
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** An operation with one result. */
    public String node(String operation, String... inputs) {
        return node(operation, Map.of(), inputs);
    }

    /**
     * An operation with one result.
     *
     * @param attributes by name: {@code Long}, {@code Double} or {@code long[]}
     */
    public String node(String operation, Map<String, Object> attributes, String... inputs) {
        String result = "v" + made++;
        NodeProto.Builder node = NodeProto.newBuilder()
                .setOpType(operation)
                .setName(operation + made)
                .addAllInput(List.of(inputs))
                .addOutput(result);
        attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
        graph.addNode(node);
        return result;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long number) {
            return attribute
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(number)
                    .build();
        }
        if (value instanceof Double number) {
            return attribute
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF(number.floatValue())
                    .build();
        }
        attribute.setType(AttributeProto.AttributeType.INTS);
        for (long number : (long[]) value) {
            attribute.addInts(number);
        }
        return attribute.build();
    }

    /**
     * The bytes of the file.
     *
     * @param metadata texts by name
     */
    public byte[] model(Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("deutero")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATIONS))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }
}
