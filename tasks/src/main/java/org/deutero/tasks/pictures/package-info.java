/** Sources of pictures as recipes name them: few-shot tasks, streams, supervised problems and completions of one data set or another. */
package org.deutero.tasks.pictures;
