package org.deutero.methods;

import java.util.List;
import org.deutero.methods.network.Conv4Options;
import org.deutero.methods.network.LeNetOptions;
import org.deutero.methods.network.MlpOptions;
import org.deutero.methods.network.PooledOptions;
import org.deutero.methods.network.RelationOptions;
import org.deutero.methods.network.ResNet10Options;
import org.deutero.methods.network.ResNetOptions;
import org.deutero.methods.network.StridedOptions;
import org.deutero.methods.network.WideKernelOptions;
import org.deutero.tensor.nn.Identity;

/** The library's own architectures. */
public final class BuiltInNetworks implements NetworkProvider {
    static final String CONV4 = "conv4";
    static final String MLP = "mlp";
    static final String IDENTITY = "identity";
    static final String RELATION = "relation";
    private static final String RESNET10 = "resnet10";

    @Override
    public int order() {
        return 0;
    }

    @Override
    public List<NamedNetwork> networks() {
        return List.of(
                new NamedNetwork(CONV4, Conv4Options::network),
                new NamedNetwork("strided", StridedOptions::network),
                new NamedNetwork("pooled", PooledOptions::network),
                new NamedNetwork("resnet", ResNetOptions::network),
                new NamedNetwork(RESNET10, ResNet10Options::network),
                new NamedNetwork("wide-kernel", WideKernelOptions::network),
                new NamedNetwork("lenet", LeNetOptions::network),
                new NamedNetwork(MLP, MlpOptions::network),
                new NamedNetwork(IDENTITY, (o, shape, outputs) -> new Identity()));
    }

    @Override
    public List<NamedMaps> maps() {
        return List.of(
                new NamedMaps(RELATION, RelationOptions::maps),
                new NamedMaps(CONV4, Conv4Options::maps),
                new NamedMaps(RESNET10, ResNet10Options::maps),
                new NamedMaps(MLP, MlpOptions::maps));
    }
}
