"""A network's training step in PyTorch, on two threads: prints images a second.

Usage: pytorch.py STEPS compact|lenets++. Batch assembly from bytes, forward, backward and Adam are all measured.
"""

import sys
import time

import torch
from torch import nn

BATCH = 128
STEPS = int(sys.argv[1])
# As many as ours, whose code the engine compiles better and better meanwhile.
WARM_UP = 200
torch.set_num_threads(2)
torch.manual_seed(1)



def stage(channels_in, channels):
    """Two convolutions 5x5 with PReLU, then max pooling: a stage of LeNets++."""
    return [
        nn.Conv2d(channels_in, channels, 5, padding=2),
        nn.PReLU(channels),
        nn.Conv2d(channels, channels, 5, padding=2),
        nn.PReLU(channels),
        nn.MaxPool2d(2),
    ]


NETWORKS = {
    "compact": lambda: [
        nn.Conv2d(1, 8, 5, stride=2, padding=2),
        nn.PReLU(8),
        nn.Conv2d(8, 16, 5, stride=2, padding=2),
        nn.PReLU(16),
        nn.Flatten(),
        nn.Linear(784, 64),
        nn.PReLU(64),
        nn.Linear(64, 2),
        nn.Linear(2, 10, bias=False),
    ],
    "lenets++": lambda: [
        *stage(1, 32),
        *stage(32, 64),
        *stage(64, 128),
        nn.Flatten(),
        nn.Linear(1152, 2),
        nn.Linear(2, 10, bias=False),
    ],
}
network = nn.Sequential(*NETWORKS[sys.argv[2]]())
optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
loss = nn.CrossEntropyLoss()
images = torch.randint(0, 256, (60000, 1, 28, 28), dtype=torch.uint8)
labels = torch.randint(0, 10, (60000,))


def steps(count):
    for _ in range(count):
        rows = torch.randint(0, 60000, (BATCH,))
        batch = (images[rows].float() - 127.5) / 128
        optimiser.zero_grad(set_to_none=True)
        loss(network(batch), labels[rows]).backward()
        optimiser.step()


steps(min(WARM_UP, STEPS))
started = time.perf_counter()
steps(STEPS)
print(STEPS * BATCH / (time.perf_counter() - started))
