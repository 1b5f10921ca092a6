/** MetaGenRL: objectives for policies that are learned by what they make of policies, as critics see it. */
package org.deutero.methods.metagenrl;
