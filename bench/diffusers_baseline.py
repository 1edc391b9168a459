#!/usr/bin/env python3
"""A transformer's pass in PyTorch (eager, F32, through Diffusers) and in Wan Streams, on the same files, in turns.

    pip install torch diffusers
    python3 bench/diffusers_baseline.py

Options that are not ours go to `./wan bench denoise` (--width, --heads, --feed-forward, --layers, --size, --frames).
"""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXT_ROWS = 512  # the reference attends to the zero rows past the text's end as well


def wan(*arguments):
    result = subprocess.run([str(ROOT / "wan"), "bench", "denoise", *arguments], stdout=subprocess.PIPE, text=True)
    if result.returncode not in (0, 3):  # 3: slower than promised, which is what we want to know
        sys.exit(f"./wan bench denoise {' '.join(arguments)} ended with {result.returncode}")
    return result.stdout.strip().splitlines()[-1]


def ours(checkpoint, size, frames):
    report = json.loads(wan("--checkpoint", checkpoint, "--size", size, "--frames", str(frames),
                            "--rounds", "1", "--warmups", "1", "--json"))
    return report["rows"][0]["figures"]["median"]


def summary(name, seconds):
    print(f"  {name:<28} median {statistics.median(seconds):8.3f} s   min {min(seconds):8.3f}   max {max(seconds):8.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", help="directory with a transformer folder; default: a random one")
    parser.add_argument("--size", default="480x320")
    parser.add_argument("--frames", type=int, default=17)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, help="of PyTorch; default: its own choice")
    options, sizes = parser.parse_known_args()
    if options.rounds < 1:
        parser.error("--rounds is at least 1")

    import torch
    from diffusers import WanTransformer3DModel

    if options.threads:
        torch.set_num_threads(options.threads)
    checkpoint = options.checkpoint or wan("--make", *sizes)
    try:
        model = WanTransformer3DModel.from_pretrained(checkpoint, subfolder="transformer", torch_dtype=torch.float32)
        model.eval()
        width, height = (int(edge) for edge in options.size.split("x"))
        generator = torch.Generator().manual_seed(1)
        latents = torch.randn(1, model.config.in_channels, (options.frames - 1) // 4 + 1, height // 8, width // 8,
                              generator=generator)
        text = torch.randn(1, TEXT_ROWS, model.config.text_dim, generator=generator) / 4
        timestep = torch.tensor([900.0])

        def theirs():
            begun = time.perf_counter()
            with torch.inference_mode():
                model(hidden_states=latents, timestep=timestep, encoder_hidden_states=text, return_dict=False)
            return time.perf_counter() - begun

        theirs()  # warm-up
        pairs = {"PyTorch eager": [], "Wan Streams": []}
        for round_number in range(options.rounds):
            turns = [("PyTorch eager", theirs),
                     ("Wan Streams", lambda: ours(checkpoint, options.size, options.frames))]
            for name, measure in turns if round_number % 2 == 0 else reversed(turns):
                pairs[name].append(measure())
        print(f"one pass, {options.size}, {options.frames} frames, torch {torch.__version__}, "
              f"{torch.get_num_threads()} threads")
        for name, seconds in pairs.items():
            summary(name, seconds)
        ratio = statistics.median(pairs["PyTorch eager"]) / statistics.median(pairs["Wan Streams"])
        print(f"  Wan Streams is {ratio:.2f} times as fast")
    finally:
        if not options.checkpoint:
            shutil.rmtree(checkpoint, ignore_errors=True)


if __name__ == "__main__":
    main()
