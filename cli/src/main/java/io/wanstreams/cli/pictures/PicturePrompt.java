package io.wanstreams.cli.pictures;

import java.util.List;

/**
 * A prompt and what its video must show.
 *
 * @param prompt as a person would write it
 * @param colour of the thing in front
 * @param movement of that thing
 */
record PicturePrompt(String prompt, NamedColour colour, Movement movement) {

    /** Colour × shape × movement × place of the demo model's world, in its two languages. */
    static final List<PicturePrompt> DEMO_WORLD = List.of(
            new PicturePrompt("a red ball bouncing on a green field", NamedColour.RED, Movement.BOUNCING),
            new PicturePrompt("a blue square moving right on a white wall", NamedColour.BLUE, Movement.RIGHT),
            new PicturePrompt("a yellow star moving left under the stars at night", NamedColour.YELLOW, Movement.LEFT),
            new PicturePrompt("a white circle moving up over the sea", NamedColour.WHITE, Movement.UP),
            new PicturePrompt("a purple triangle moving down in the desert", NamedColour.PURPLE, Movement.DOWN),
            new PicturePrompt("a pink heart growing on a blue background", NamedColour.PINK, Movement.GROWING),
            new PicturePrompt("a black diamond shrinking at sunset", NamedColour.BLACK, Movement.SHRINKING),
            new PicturePrompt("一个橙色的方块向左移动，在海面上", NamedColour.ORANGE, Movement.LEFT),
            new PicturePrompt("一个绿色的圆环绕圈移动，在沙漠里", NamedColour.GREEN, Movement.CIRCLING),
            new PicturePrompt("一个蓝色的圆球左右摇摆，背景是白色", NamedColour.BLUE, Movement.SWINGING));
}
