/** Pictures of many learners that learn in their context: what they do by the number of tasks they were meta-trained on, and by the size of what they carry on. */
package org.deutero.experiment.incontext;
