"""Makes folders as transformers saves them, of models that train in seconds. Weights are random.

Run by the job's own Python: `python tiny_bases.py FOLDER`.
"""

import sys
from pathlib import Path

import torch
import transformers as hub

TRUNK = {
    "embedding_size": 8,
    "hidden_sizes": [8, 8, 16, 16],
    "depths": [1, 1, 1, 1],
    "layer_type": "basic",
}


def main(folder: Path) -> None:
    """A folder for each base."""
    torch.manual_seed(0)
    class_base(folder)
    box_base(folder)
    mask_bases(folder)
    rf_detr_bases(folder)
    text_base(folder / "bert")


def class_base(folder: Path) -> None:
    """A ResNet that knows three classes."""
    hub.ResNetForImageClassification(hub.ResNetConfig(**TRUNK, num_labels=3)).save_pretrained(
        folder / "resnet"
    )


def box_base(folder: Path) -> None:
    """An RT-DETRv2 over such a ResNet."""
    stages = ["stage2", "stage3", "stage4"]
    hub.RTDetrV2ForObjectDetection(
        hub.RTDetrV2Config(
            backbone_config=hub.RTDetrResNetConfig(**TRUNK, out_features=stages),
            encoder_hidden_dim=16,
            encoder_in_channels=[8, 16, 16],
            encoder_ffn_dim=16,
            encoder_attention_heads=2,
            d_model=16,
            decoder_in_channels=[16, 16, 16],
            decoder_layers=2,
            decoder_ffn_dim=16,
            decoder_attention_heads=2,
            num_queries=20,
            num_denoising=4,
            num_labels=5,
        )
    ).save_pretrained(folder / "rt_detr_v2")


def mask_bases(folder: Path) -> None:
    """A SegFormer and an EoMT."""
    hub.SegformerForSemanticSegmentation(
        hub.SegformerConfig(
            hidden_sizes=[8, 8, 16, 16],
            depths=[1, 1, 1, 1],
            num_attention_heads=[1, 1, 2, 2],
            decoder_hidden_size=16,
            num_labels=4,
        )
    ).save_pretrained(folder / "segformer")
    hub.EomtForUniversalSegmentation(
        hub.EomtConfig(
            hidden_size=16,
            num_hidden_layers=3,
            num_attention_heads=2,
            image_size=64,
            patch_size=8,
            num_blocks=1,
            num_queries=6,
            num_upscale_blocks=1,
            num_register_tokens=1,
            train_num_points=64,
            num_labels=4,
        )
    ).save_pretrained(folder / "eomt")


def rf_detr_bases(folder: Path) -> None:
    """An RF-DETR for boxes, and one for instances."""
    windowed = hub.RfDetrDinov2Config(
        hidden_size=16,
        num_hidden_layers=4,
        num_attention_heads=2,
        image_size=64,
        patch_size=8,
        num_windows=2,
        window_block_indexes=[0, 2],
        out_features=["stage2", "stage4"],
    )
    rf_detr = hub.RfDetrConfig(
        backbone_config=windowed,
        d_model=16,
        decoder_layers=2,
        decoder_ffn_dim=16,
        decoder_self_attention_heads=2,
        decoder_cross_attention_heads=2,
        decoder_n_points=2,
        group_detr=1,
        num_queries=20,
        num_labels=4,
    )
    hub.RfDetrForObjectDetection(rf_detr).save_pretrained(folder / "rf_detr")
    hub.RfDetrForInstanceSegmentation(rf_detr).save_pretrained(folder / "rf_detr_masks")


def text_base(folder: Path) -> None:
    """An encoder that knows letters, whatever their script, by a tokenizer of its own."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyzöłóŁźİ東京🍋0123456789"]
    vocabulary = {name: index for index, name in enumerate(known)}
    letters = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106  no password
    letters.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    letters.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    hub.PreTrainedTokenizerFast(
        tokenizer_object=letters,
        unk_token="[UNK]",  # noqa: S106
        pad_token="[PAD]",  # noqa: S106
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        model_max_length=200,
    ).save_pretrained(folder)
    hub.BertModel(
        hub.BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            max_position_embeddings=256,
        )
    ).save_pretrained(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
