"""One training step of FM, DeepFM or AutoInt with PEP in PyTorch, one thread, for the benchmark's last column.

Our own writing of the step that the paper describes: thresholds applied to the whole table once a step, as the official
code does, but without its second pass for a penalty of 0. Reads one JSON object a line from standard input and answers
each with one line: {"model": ..., "variant": ..., "fieldSizes": [...], "dimension": ..., "batchSize": ...} sets up and
answers the version; {"steps": n} does n steps and answers their milliseconds.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional

torch.set_num_threads(1)
BATCHES = 16


class Embedding(nn.Module):
    def __init__(self, features, dimension, prunes):
        super().__init__()
        self.v = nn.Parameter(nn.init.xavier_uniform_(torch.empty(features, dimension)))
        self.s = nn.Parameter(torch.full((features, dimension), -15.0)) if prunes else None

    def forward(self, ids):
        table = self.v
        if self.s is not None:
            table = torch.sign(table) * torch.relu(torch.abs(table) - torch.sigmoid(self.s))
        return functional.embedding(ids, table)


def mlp(inputs):
    layers = []
    for width in (100, 100):
        layers += [nn.Linear(inputs, width), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(0.2)]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, 1))


class Model(nn.Module):
    def __init__(self, name, features, fields, dimension, prunes):
        super().__init__()
        self.name = name
        self.embedding = Embedding(features, dimension, prunes)
        if name != "autoint":
            self.linear = nn.Parameter(torch.randn(features, 1))
            self.bias = nn.Parameter(torch.zeros(1))
        if name != "fm":
            self.mlp = mlp(fields * dimension)
        if name == "autoint":
            self.enter = nn.Linear(dimension, 64)
            self.residual = nn.Linear(dimension, 64)
            self.attention = nn.ModuleList([nn.MultiheadAttention(64, 2, dropout=0.4) for _ in range(3)])
            self.leave = nn.Linear(fields * 64, 1)

    def forward(self, ids):
        e = self.embedding(ids)
        rows = len(ids)
        if self.name == "autoint":
            x = self.enter(e).transpose(0, 1)
            for layer in self.attention:
                x, _ = layer(x, x, x)
            x = functional.relu(x.transpose(0, 1) + self.residual(e))
            return (self.leave(x.reshape(rows, -1)) + self.mlp(e.reshape(rows, -1))).squeeze(1)
        z = functional.embedding(ids, self.linear).sum(1).squeeze(1) + self.bias
        z = z + 0.5 * (e.sum(1) ** 2 - (e**2).sum(1)).sum(1)
        if self.name == "deepfm":
            z = z + self.mlp(e.reshape(rows, -1)).squeeze(1)
        return z


def zipf_batches(sizes, rows):
    offsets = torch.tensor([sum(sizes[:f]) for f in range(len(sizes))])
    widths = torch.tensor(sizes)
    for _ in range(BATCHES):
        codes = ((widths + 1.0) ** torch.rand(rows, len(sizes))).long() - 1
        yield torch.minimum(codes, widths - 1) + offsets, torch.randint(0, 2, (rows,)).float()


def create(request):
    torch.manual_seed(1)
    sizes = request["fieldSizes"]
    model = Model(request["model"], sum(sizes), len(sizes), request["dimension"], request["variant"] == "pep")
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-5)
    batches = list(zipf_batches(sizes, request["batchSize"]))

    def step(number):
        ids, labels = batches[number % BATCHES]
        loss = functional.binary_cross_entropy_with_logits(model(ids), labels)
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 100)
        adam.step()

    return step


step = None
done = 0
for line in sys.stdin:
    request = json.loads(line)
    if "steps" not in request:
        step = create(request)
        print(json.dumps(torch.__version__), flush=True)
        continue
    start = time.perf_counter()
    for _ in range(request["steps"]):
        step(done)
        done += 1
    print(1000 * (time.perf_counter() - start), flush=True)
